-- How much room tables take, their TOAST included and their indexes not, which no dump holds.
-- Columns: schema, name, bytes, and the partitioned tables it is a part of, as schema and name one
-- after the other. PostgreSQL 13 and newer.
SELECT n.nspname, c.relname, pg_table_size(c.oid), ARRAY(
  SELECT u.part
  FROM pg_partition_ancestors(c.oid) a
  JOIN pg_class p ON p.oid = a.relid
  JOIN pg_namespace m ON m.oid = p.relnamespace
  CROSS JOIN LATERAL (VALUES (1, m.nspname::text), (2, p.relname::text)) AS u(position, part)
  WHERE p.relkind = 'p'
  ORDER BY p.oid, u.position)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND c.relpersistence <> 't'
  AND NOT starts_with(n.nspname, 'pg_')
  AND n.nspname <> 'information_schema'
