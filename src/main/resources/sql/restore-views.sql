-- Materialized views without rows of any moment, which a schema's dump leaves. Columns: schema, name.
-- PostgreSQL 13 and newer.
SELECT n.nspname, c.relname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND NOT c.relispopulated
ORDER BY c.oid
