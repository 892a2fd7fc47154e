-- Materialized views that hold rows, in the order they were made: schema and name.
-- PostgreSQL 13 and newer.
SELECT n.nspname, c.relname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND c.relispopulated
ORDER BY c.oid
