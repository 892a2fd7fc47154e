-- What gives every object the owner and the privileges that it has in the current database.
-- Columns: whether it is about schemas and future objects only, which are there before the others;
-- the statement. In the order to run them in: who owns an object says who may give privileges.
-- PostgreSQL 13 and newer. Read with nothing on the search path, so that every name is qualified.
WITH object (place, keyword, granted, name, owner, acl, owned, kind, oid, schema, letter) AS (
  SELECT 1, 'SCHEMA', 'SCHEMA', quote_ident(n.nspname), n.nspowner, n.nspacl, false,
         'pg_namespace'::regclass, n.oid, 0::oid, 'n'
  FROM pg_namespace n
  UNION ALL
  SELECT 2,
         CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
           WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
         CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
         format('%I.%I', n.nspname, c.relname), c.relowner, c.relacl,
         c.relkind = 'S' AND EXISTS (
           SELECT
           FROM pg_depend d
           WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0
             AND d.deptype IN ('a', 'i')),
         'pg_class'::regclass, c.oid, n.oid, CASE c.relkind WHEN 'S' THEN 'S' ELSE 'r' END
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't'
    AND NOT starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT 3,
         CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
         CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
         format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
         p.proowner, p.proacl, false, 'pg_proc'::regclass, p.oid, n.oid, 'f'
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE NOT starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT 4, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, 'TYPE',
         format('%I.%I', n.nspname, t.typname), t.typowner, t.typacl, false,
         'pg_type'::regclass, t.oid, n.oid, 'T'
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE (t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
    AND NOT starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'),
own AS (
  SELECT o.*
  FROM object o
  WHERE NOT (o.place = 1 AND (starts_with(o.name, 'pg_') OR o.name = 'information_schema'))
    AND NOT EXISTS (
      SELECT FROM pg_depend d WHERE d.classid = o.kind AND d.objid = o.oid AND d.deptype = 'e')),
statement (place, step, name, text) AS (
  SELECT o.place, 1, o.name,
         format('ALTER %s %s OWNER TO %I', o.keyword, o.name, pg_get_userbyid(o.owner))
  FROM own o
  WHERE NOT o.owned AND o.owner <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
  UNION ALL
  SELECT o.place, 2, o.name, format('REVOKE ALL ON %s %s FROM PUBLIC', o.granted, o.name)
  FROM own o
  WHERE o.acl IS NOT NULL
  UNION ALL
  -- What future objects were to be open to, this one may have been there before.
  SELECT o.place, 2, o.name,
         format('REVOKE ALL ON %s %s FROM %I', o.granted, o.name, pg_get_userbyid(q.grantee))
  FROM own o
  JOIN (
    SELECT DISTINCT d.defaclobjtype::text, d.defaclnamespace, a.grantee
    FROM pg_default_acl d
    CROSS JOIN LATERAL aclexplode(d.defaclacl) a
    WHERE a.grantee NOT IN (0, d.defaclrole)) q (letter, schema, grantee)
    ON q.letter = o.letter AND q.schema IN (0, o.schema) AND q.grantee <> o.owner
  UNION ALL
  SELECT o.place, 3, o.name,
         format('GRANT %s ON %s %s TO %s%s', a.privilege_type, o.granted, o.name,
                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
  FROM own o
  CROSS JOIN LATERAL aclexplode(o.acl) a
  WHERE a.grantee <> o.owner
  UNION ALL
  SELECT o.place, 4, o.name,
         format('GRANT %s (%I) ON TABLE %s TO %s%s', a.privilege_type, c.attname, o.name,
                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
  FROM own o
  JOIN pg_attribute c ON o.place = 2 AND c.attrelid = o.oid AND NOT c.attisdropped
  CROSS JOIN LATERAL aclexplode(c.attacl) a
  UNION ALL
  SELECT 1, 5, '', format('ALTER DEFAULT PRIVILEGES FOR ROLE %I %s %s', pg_get_userbyid(d.defaclrole),
         CASE WHEN n.nspname IS NULL THEN '' ELSE format('IN SCHEMA %I', n.nspname) END,
         CASE WHEN a.grantee IS NULL THEN format('REVOKE ALL ON %s FROM PUBLIC', k.words)
           ELSE format('GRANT %s ON %s TO %s%s', a.privilege_type, k.words,
                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) END)
  FROM pg_default_acl d
  LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
  CROSS JOIN LATERAL (
    SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
             WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' END) k (words)
  CROSS JOIN LATERAL (
    SELECT NULL::oid, NULL, NULL::boolean
    WHERE d.defaclnamespace = 0
    UNION ALL
    SELECT x.grantee, x.privilege_type, x.is_grantable
    FROM aclexplode(d.defaclacl) x
    WHERE x.grantee <> d.defaclrole) a (grantee, privilege_type, is_grantable)
  WHERE k.words IS NOT NULL)
SELECT s.place = 1, s.text
FROM statement s
ORDER BY s.place, s.step, s.name, s.text COLLATE "C" DESC
