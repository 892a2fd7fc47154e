-- What describes the current database beside its content.
-- Result sets: (1) owner, encoding, collate, ctype, provider (c, i, b), locale and rules (null where
--              there are none), tablespace, connection limit, comment (null), whether its privileges
--              are PostgreSQL's defaults; (2) settings of the database: role (null for everybody),
--              name, value as PostgreSQL stores it; (3) privileges: grantee (null for everybody),
--              privilege, whether it may be passed on; (4) names of the roles its objects and their
--              privileges and policies name, and of the first superuser, whom PostgreSQL leaves out
--              of its own list.
-- PostgreSQL 13 and newer: columns that came later are read by way of JSON.
SELECT pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
       coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
       to_jsonb(d) ->> 'daticurules',
       t.spcname, d.datconnlimit, shobj_description(d.oid, 'pg_database'), d.datacl IS NULL
FROM pg_database d
JOIN pg_tablespace t ON t.oid = d.dattablespace
WHERE d.datname = current_database();
SELECT CASE WHEN s.setrole <> 0 THEN pg_get_userbyid(s.setrole) END,
       split_part(u.setting, '=', 1), substr(u.setting, strpos(u.setting, '=') + 1)
FROM pg_db_role_setting s
CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS u(setting, position)
WHERE s.setdatabase = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
ORDER BY 1 NULLS FIRST, u.position;
SELECT CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END, a.privilege_type,
       a.is_grantable
FROM pg_database d
CROSS JOIN LATERAL aclexplode(d.datacl) a
WHERE d.datname = current_database()
ORDER BY 1 NULLS FIRST, 2;
SELECT pg_get_userbyid(s.refobjid)
FROM pg_shdepend s
WHERE s.dbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  AND s.refclassid = 'pg_authid'::regclass
UNION
SELECT pg_get_userbyid(10)
ORDER BY 1
