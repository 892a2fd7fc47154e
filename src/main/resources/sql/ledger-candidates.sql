-- Every table that has the ledger's name, or a name which some migration tool gives to one of its
-- own, wherever it is; and each role that owns one of the ledger's name, or the database, with where
-- its sessions look for names. Of few joins, as planning them takes a server longer than all the rest.
-- Columns of a table: schema; name; its owner's oid; filled (whether it has, or had, rows); columns
--          (their names, chr(31) between them); readable (whether this role may use the schema and
--          select the version column; null when the table is no ledger by name and column); width
--          (how many characters that column takes; null when it takes any number).
-- Columns of a role: null; name; its oid; whether it owns the database; the schemas on its path that
--          it may use, and perhaps more, chr(31) between them; null; the `search_path` that settings
--          of roles and of this database give its sessions, null when none does.
-- Parameters: table name; names with chr(31) between them, among them that one; column name.
-- PostgreSQL 13 and newer.
WITH found AS (
  SELECT c.oid, n.nspname, c.relname, c.relowner, c.relnamespace, c.relname = ? AS is_named
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = ANY (string_to_array(?, chr(31)))
    AND c.relkind IN ('r', 'p')
    AND NOT starts_with(n.nspname, 'pg_')
)
SELECT f.nspname::text, f.relname::text, f.relowner, pg_relation_size(f.oid) > 0,
       array_to_string(ARRAY(
         SELECT attname::text FROM pg_attribute
         WHERE attrelid = f.oid AND attnum > 0 AND NOT attisdropped), chr(31)),
       CASE WHEN a.attnum IS NOT NULL
         THEN has_schema_privilege(f.relnamespace, 'USAGE')
           AND has_column_privilege(f.oid, a.attnum, 'SELECT') END,
       CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod >= 4
         THEN (a.atttypmod - 4)::text END
FROM found f
LEFT JOIN pg_attribute a
  ON a.attrelid = f.oid AND f.is_named AND a.attname = ? AND a.attnum > 0
UNION ALL
-- A role's rights are asked for where its path has the name: of many schemas that takes long.
SELECT NULL, r.rolname, r.role, r.role = r.datdba,
       array_to_string(ARRAY(
         SELECT nspname::text FROM pg_namespace
         WHERE (nspname IN ('public', r.rolname)
             OR strpos(lower(r.setting), lower(replace(nspname, '"', '""'))) > 0)
           AND NOT starts_with(nspname, 'pg_')
           AND has_schema_privilege(r.role, oid, 'USAGE')), chr(31)),
       NULL, r.setting
FROM (
  SELECT o.role, pg_get_userbyid(o.role)::text AS rolname, d.datdba,
         (SELECT substr(u.setting, length('search_path=') + 1)
          FROM pg_db_role_setting s
          CROSS JOIN unnest(s.setconfig) AS u(setting)
          WHERE u.setting LIKE 'search\_path=%'
            AND s.setrole IN (0, o.role) AND s.setdatabase IN (0, d.oid)
          ORDER BY s.setrole <> 0 DESC, s.setdatabase <> 0 DESC
          LIMIT 1) AS setting
  FROM pg_database d
  CROSS JOIN LATERAL (
    SELECT d.datdba UNION SELECT relowner FROM found WHERE is_named) AS o(role)
  WHERE d.datname = current_database()
  OFFSET 0) r
