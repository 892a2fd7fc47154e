-- What a scratch database needs to be like the current one.
-- Result sets: (1) encoding, collate, ctype, provider (c, i, b) and locale (null where the major has
--              none) of the current database; (2) name=value settings of the database and of the
--              role, weakest first; (3) names of all roles, for scripts that grant or SET ROLE.
-- PostgreSQL 13 and newer: columns that came later are read by way of JSON.
SELECT pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
       coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
FROM pg_database d
WHERE d.datname = current_database();
SELECT setting
FROM pg_db_role_setting s
CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS u(setting, position)
WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
  AND s.setrole IN (0, (SELECT r.oid FROM pg_roles r WHERE r.rolname = session_user))
ORDER BY s.setrole <> 0, s.setdatabase <> 0, u.position;
SELECT r.rolname
FROM pg_roles r
WHERE r.rolname !~ '^pg_'
ORDER BY r.rolname
LIMIT 1000
