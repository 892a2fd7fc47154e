-- Prepares what is asked after every revision: planning it costs more than running it.
-- Parameters: the queries for roots and definitions, both restricted to what was touched.
-- The search path is the one the queries run with; another one would have them planned again.
-- PostgreSQL 13 and newer.
SET search_path = pg_catalog;
SET plan_cache_mode = force_generic_plan;
PREPARE stampguard_events(bigint) AS
  SELECT t.id, t.tag, t.kind, t.oid, t.name
  FROM pg_stampguard.touched t
  WHERE t.id > $1
  ORDER BY t.id;
PREPARE stampguard_roots(bigint) AS %s;
PREPARE stampguard_definitions(bigint) AS %s
