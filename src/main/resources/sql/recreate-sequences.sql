-- Where every sequence is.
-- Columns: schema, name; the last value it gave (null when it gave none, or is not ours to read);
-- whether it counts down; schema, table and column that own it, and whether that is of an integer
-- type (null when nothing owns it).
-- PostgreSQL 13 and newer.
SELECT n.nspname, c.relname,
       CASE WHEN has_sequence_privilege(c.oid, 'SELECT') THEN pg_sequence_last_value(c.oid) END,
       s.seqincrement < 0,
       tn.nspname, t.relname, a.attname,
       a.atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN pg_class t ON t.oid = d.refobjid
LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE c.relpersistence <> 't'
  AND NOT EXISTS (
    SELECT
    FROM pg_depend e
    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
