-- The columns of every table whose rows can be copied: none of PostgreSQL's, of an extension's or of
-- a session's own. A partitioned table stands for its partitions.
-- Columns: schema, table, whether it is partitioned; name and type of the column, whether it must
-- have a value, whether it gets one by itself, whether it is computed from others.
-- PostgreSQL 13 and newer.
SELECT n.nspname, c.relname, c.relkind = 'p', a.attname, format_type(a.atttypid, a.atttypmod),
       a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> ''
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND c.relpersistence <> 't'
  AND NOT starts_with(n.nspname, 'pg_')
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT
    FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname, a.attnum
