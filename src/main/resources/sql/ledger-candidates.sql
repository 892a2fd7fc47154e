-- Every table of the ledger's name that has the ledger's version column, wherever it is: a table of
-- the same name without it belongs to somebody else.
-- Columns: schema, readable (whether the role may use the schema and select the column), width (how
--          many characters the column takes; null when it takes any number).
-- Parameters: table name, column name. PostgreSQL 13 and newer.
SELECT n.nspname,
       has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT'),
       CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod >= 4
         THEN a.atttypmod - 4 END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN (SELECT ?::text AS table_name, ?::text AS column_name) wanted
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = wanted.column_name AND a.attnum > 0
WHERE c.relname = wanted.table_name
  AND c.relkind IN ('r', 'p')
  AND n.nspname !~ '^pg_'
