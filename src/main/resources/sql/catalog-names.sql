-- Every object of the catalog by name, without deparsing anything and without taking a lock.
-- Columns: kind (the contract's word), schema, relation (null for what stands alone), name,
--          arguments (functions only), invalid (true for an index PostgreSQL does not use).
-- PostgreSQL 13 and newer. Which objects count, and why: catalog-definitions.sql, which must name
-- the same ones.
WITH member AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), space AS MATERIALIZED (
  SELECT n.oid, n.nspname
  FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), relation AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind
  FROM pg_class c
  JOIN space n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
    AND NOT EXISTS (
      SELECT FROM member e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
)
SELECT 'schema' AS kind, NULL::name AS schema, NULL::name AS relation, n.nspname AS name,
       NULL::text AS arguments, false AS invalid
FROM space n
WHERE n.nspname <> 'public'
  AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid)
UNION ALL
SELECT 'extension', NULL, NULL, x.extname, NULL, false
FROM pg_extension x
WHERE x.extname <> 'plpgsql'
UNION ALL
SELECT 'type', n.nspname, NULL, t.typname, NULL, false
FROM pg_type t
JOIN space n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
UNION ALL
SELECT 'sequence', r.nspname, NULL, r.relname, NULL, false
FROM relation r
WHERE r.relkind = 'S'
  AND NOT EXISTS (
    SELECT FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT CASE r.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized-view' ELSE 'table' END,
       r.nspname, NULL, r.relname, NULL, false
FROM relation r
WHERE r.relkind <> 'S'
UNION ALL
SELECT 'column', r.nspname, r.relname, a.attname, NULL, false
FROM relation r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'constraint', r.nspname, r.relname, k.conname, NULL, false
FROM pg_constraint k
JOIN relation r ON r.oid = k.conrelid
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x')
  AND NOT (k.contype = 'c' AND NOT k.conislocal)
  AND NOT (k.contype = 'f' AND k.conparentid <> 0)
UNION ALL
SELECT 'index', r.nspname, r.relname, c.relname, NULL, NOT i.indisvalid AND c.relkind = 'i'
FROM pg_index i
JOIN relation r ON r.oid = i.indrelid
JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (
  SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'function', n.nspname, NULL, p.proname, oidvectortypes(p.proargtypes), false
FROM pg_proc p
JOIN space n ON n.oid = p.pronamespace
WHERE NOT EXISTS (
  SELECT FROM pg_depend d
  WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'trigger', r.nspname, r.relname, t.tgname, NULL, false
FROM pg_trigger t
JOIN relation r ON r.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
SELECT 'policy', r.nspname, r.relname, p.polname, NULL, false
FROM pg_policy p
JOIN relation r ON r.oid = p.polrelid
