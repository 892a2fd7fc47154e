-- Every table of the ledger's name that has the ledger's version column, wherever it is (a table of
-- the same name without it belongs to somebody else), the database itself, and every other table
-- that has a name which some migration tool gives to one of its own, be it the same name.
-- Columns: schema, null for the database; readable (whether the role may use the schema and select
--          the column), null for other tools' tables; width (how many characters the column takes;
--          null when it takes any number); path (the schemas that sessions of the owner search by
--          themselves, in order, as far as settings of roles and of this database say so, with
--          chr(31) between them); name of the table; columns (their names, chr(31) between them);
--          filled (whether the table has, or had, rows).
-- Parameters: table name, column name, known names with chr(31) between them. PostgreSQL 13 and
-- newer.
WITH wanted AS (
  SELECT ?::text AS table_name, ?::text AS column_name, string_to_array(?, chr(31)) AS known
), place AS (
  SELECT n.nspname AS schema,
         has_schema_privilege(n.oid, 'USAGE')
           AND has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable,
         CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod >= 4
           THEN a.atttypmod - 4 END AS width,
         c.relowner AS owner, c.oid AS relation, c.relname AS name,
         pg_relation_size(c.oid) > 0 AS filled
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN wanted
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = wanted.column_name AND a.attnum > 0
  WHERE c.relname = wanted.table_name
    AND c.relkind IN ('r', 'p')
    AND n.nspname !~ '^pg_'
  UNION ALL
  SELECT NULL, NULL, NULL, d.datdba, NULL, NULL, NULL
  FROM pg_database d WHERE d.datname = current_database()
  UNION ALL
  SELECT n.nspname, NULL, NULL, NULL, c.oid, c.relname, pg_relation_size(c.oid) > 0
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = ANY (SELECT unnest(wanted.known) FROM wanted)
    AND NOT EXISTS (
      SELECT 1 FROM wanted
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = wanted.column_name AND a.attnum > 0
      WHERE wanted.table_name = c.relname)
    AND c.relkind IN ('r', 'p')
    AND n.nspname !~ '^pg_'
)
SELECT p.schema, p.readable, p.width, array_to_string(ARRAY(
  SELECT n.nspname::text
  FROM regexp_matches(
         coalesce(
           (SELECT substr(u.setting, length('search_path=') + 1)
            FROM pg_db_role_setting s
            CROSS JOIN unnest(s.setconfig) AS u(setting)
            WHERE u.setting LIKE 'search\_path=%'
              AND s.setrole IN (0, p.owner)
              AND s.setdatabase IN (0, (SELECT d.oid FROM pg_database d
                                        WHERE d.datname = current_database()))
            ORDER BY s.setrole <> 0 DESC, s.setdatabase <> 0 DESC
            LIMIT 1),
           '"$user", public'),
         '"(([^"]|"")*)"|([^",[:space:]]+)', 'g') WITH ORDINALITY AS found(part, position)
  CROSS JOIN LATERAL (
    SELECT coalesce(replace(found.part[1], '""', '"'), lower(found.part[3])) AS name) written
  JOIN pg_namespace n
    ON n.nspname = CASE written.name WHEN '$user' THEN pg_get_userbyid(p.owner) ELSE written.name END
  WHERE has_schema_privilege(p.owner, n.oid, 'USAGE') AND n.nspname !~ '^pg_'
  ORDER BY found.position), chr(31)),
  p.name,
  array_to_string(ARRAY(
    SELECT a.attname::text FROM pg_attribute a
    WHERE a.attrelid = p.relation AND a.attnum > 0 AND NOT a.attisdropped), chr(31)),
  p.filled
FROM place p
