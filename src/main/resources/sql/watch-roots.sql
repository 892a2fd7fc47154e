-- What an object id stands for: relations, sequences, types and functions.
-- Columns: oid, schema, name, arguments (of functions only).
-- "only" comments as in catalog-definitions.sql. PostgreSQL 13 and newer.
SELECT c.oid, n.nspname, c.relname, NULL::text
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  /* only c.oid */
UNION ALL
SELECT t.oid, n.nspname, t.typname, NULL
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  /* only t.oid */
UNION ALL
SELECT p.oid, n.nspname, p.proname, oidvectortypes(p.proargtypes)
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  /* only p.oid */
