-- Lifts for one transaction what watch-prepare.sql forbids the planner, before everything is read.
-- PostgreSQL 13 and newer.
SET LOCAL enable_seqscan = on;
SET LOCAL enable_bitmapscan = on;
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = on
