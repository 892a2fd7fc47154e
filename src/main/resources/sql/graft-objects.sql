-- Everything in the current database that a statement of its own can make: the objects of the contract,
-- which are those of catalog-definitions.sql, and what has no kind there.
-- Columns: classid, objid and objsubid as in pg_depend; kind (the contract's word, or `other`); schema;
--          relation (what it lives in; null for what stands alone); name (of an other thing its type
--          and its identity as pg_identify_object writes it); arguments (functions only); the
--          statement that drops it, or null; the statement that fills it, or null.
-- PostgreSQL 13 and newer. Oids from 16384 on belong to objects made after initdb.
WITH member AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend
  WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), space AS MATERIALIZED (
  SELECT n.oid, n.nspname
  FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), relation AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispopulated, format('%I.%I', n.nspname, c.relname) AS name,
         CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
           WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS word
  FROM pg_class c
  JOIN space n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
    AND NOT EXISTS (
      SELECT FROM member e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
), owned AS MATERIALIZED (
  SELECT d.objid AS sequence
  FROM pg_depend d
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
), other AS MATERIALIZED (
  SELECT 'pg_collation'::regclass::oid AS classid, x.oid FROM pg_collation x
  UNION ALL SELECT 'pg_conversion'::regclass, x.oid FROM pg_conversion x
  UNION ALL SELECT 'pg_cast'::regclass, x.oid FROM pg_cast x
  UNION ALL SELECT 'pg_operator'::regclass, x.oid FROM pg_operator x
  UNION ALL SELECT 'pg_opclass'::regclass, x.oid FROM pg_opclass x
  UNION ALL SELECT 'pg_opfamily'::regclass, x.oid FROM pg_opfamily x
  UNION ALL SELECT 'pg_ts_parser'::regclass, x.oid FROM pg_ts_parser x
  UNION ALL SELECT 'pg_ts_template'::regclass, x.oid FROM pg_ts_template x
  UNION ALL SELECT 'pg_ts_dict'::regclass, x.oid FROM pg_ts_dict x
  UNION ALL SELECT 'pg_ts_config'::regclass, x.oid FROM pg_ts_config x
  UNION ALL SELECT 'pg_statistic_ext'::regclass, x.oid FROM pg_statistic_ext x
  UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, x.oid FROM pg_foreign_data_wrapper x
  UNION ALL SELECT 'pg_foreign_server'::regclass, x.oid FROM pg_foreign_server x
  UNION ALL SELECT 'pg_event_trigger'::regclass, x.oid FROM pg_event_trigger x
  UNION ALL SELECT 'pg_language'::regclass, x.oid FROM pg_language x
  UNION ALL SELECT 'pg_am'::regclass, x.oid FROM pg_am x
  UNION ALL
  SELECT 'pg_type'::regclass, x.oid
  FROM pg_type x
  JOIN space n ON n.oid = x.typnamespace
  WHERE (x.typtype = 'r' OR (x.typtype IN ('b', 'p') AND NOT EXISTS (
      SELECT FROM pg_type e WHERE e.typarray = x.oid)))
)
SELECT 'pg_namespace'::regclass::oid, n.oid, 0, 'schema' AS kind, NULL::name AS schema, NULL::name AS relation,
       n.nspname::text AS name, NULL::text AS arguments, format('DROP SCHEMA %I', n.nspname) AS undo,
       NULL::text AS fill
FROM space n
WHERE n.nspname <> 'public'
  AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid)
UNION ALL
SELECT 'pg_extension'::regclass, x.oid, 0, 'extension', NULL, NULL, x.extname, NULL,
       format('DROP EXTENSION %I', x.extname), NULL
FROM pg_extension x
WHERE x.extname <> 'plpgsql'
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'type', n.nspname, NULL, t.typname, NULL,
       format('DROP %s %I.%I', CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, n.nspname, t.typname), NULL
FROM pg_type t
JOIN space n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0,
       CASE r.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized-view' ELSE 'table' END,
       r.nspname, NULL, r.relname, NULL, format('DROP %s %s', r.word, r.name),
       CASE WHEN r.relkind = 'm' AND r.relispopulated THEN 'REFRESH MATERIALIZED VIEW ' || r.name END
FROM relation r
WHERE r.relkind <> 'S' OR NOT EXISTS (SELECT FROM owned o WHERE o.sequence = r.oid)
UNION ALL
SELECT 'pg_class'::regclass, r.oid, a.attnum, 'column', r.nspname, r.relname, a.attname, NULL,
       format('ALTER %s %s DROP COLUMN %I', r.word, r.name, a.attname), NULL
FROM relation r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, 0, 'constraint', r.nspname, r.relname, k.conname, NULL,
       format('ALTER %s %s DROP CONSTRAINT %I', r.word, r.name, k.conname), NULL
FROM pg_constraint k
JOIN relation r ON r.oid = k.conrelid
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x')
  AND NOT (k.contype = 'c' AND NOT k.conislocal)
  AND NOT (k.contype = 'f' AND k.conparentid <> 0)
UNION ALL
SELECT 'pg_class'::regclass, c.oid, 0, 'index', r.nspname, r.relname, c.relname, NULL,
       format('DROP INDEX %I.%I', r.nspname, c.relname), NULL
FROM pg_index i
JOIN relation r ON r.oid = i.indrelid
JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (
  SELECT FROM pg_constraint k
  WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'pg_proc'::regclass, p.oid, 0, 'function', n.nspname, NULL, p.proname, oidvectortypes(p.proargtypes),
       format('DROP %s %I.%I(%s)',
         CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
         n.nspname, p.proname,
         CASE WHEN p.prokind = 'a' AND p.pronargs = 0 THEN '*'
           ELSE pg_get_function_identity_arguments(p.oid) END), NULL
FROM pg_proc p
JOIN space n ON n.oid = p.pronamespace
WHERE NOT EXISTS (
  SELECT FROM pg_depend d
  WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0, 'trigger', r.nspname, r.relname, t.tgname, NULL,
       format('DROP TRIGGER %I ON %s', t.tgname, r.name), NULL
FROM pg_trigger t
JOIN relation r ON r.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
SELECT 'pg_policy'::regclass, p.oid, 0, 'policy', r.nspname, r.relname, p.polname, NULL,
       format('DROP POLICY %I ON %s', p.polname, r.name), NULL
FROM pg_policy p
JOIN relation r ON r.oid = p.polrelid
UNION ALL
SELECT o.classid, o.oid, 0, 'other', i.schema, NULL, format('%s %s', i.type, i.identity), NULL,
       format('DROP %s %s',
         CASE i.type WHEN 'statistics object' THEN 'STATISTICS' WHEN 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
           ELSE upper(i.type) END,
         i.identity), NULL
FROM other o
CROSS JOIN LATERAL pg_identify_object(o.classid, o.oid, 0) i
WHERE o.oid >= 16384
  AND NOT EXISTS (SELECT FROM member e WHERE e.classid = o.classid AND e.objid = o.oid)
