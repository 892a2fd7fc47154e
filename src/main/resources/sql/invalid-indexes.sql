-- Indexes that a failed concurrent build left behind, which pg_dump leaves out. Those of partitioned
-- tables are in its dumps.
-- Column: the statement that would build one again in the same way. PostgreSQL 13 and newer.
SELECT pg_catalog.regexp_replace(pg_catalog.pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX ', '\&CONCURRENTLY ')
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid
  AND c.relkind = 'i'
  AND n.nspname !~ '^pg_'
ORDER BY i.indexrelid
