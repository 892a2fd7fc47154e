-- What a scratch database needs to be like the current one.
-- Result sets: (1) encoding, collate, ctype, provider (c, i, b) and locale (null where the major has
--              none) of the current database; (2) name=value settings of the database and of the
--              role, weakest first, and the search path this session began with, wherever it came
--              from; (3) names of all roles, for scripts that grant or SET ROLE; (4) name and schema
--              of each extension, and whether anything outside of it depends on what is in it.
-- PostgreSQL 13 and newer: columns that came later are read by way of JSON.
SELECT pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
       coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
FROM pg_database d
WHERE d.datname = current_database();
SELECT q.setting
FROM (
  SELECT u.setting, s.setrole <> 0, s.setdatabase <> 0, u.position
  FROM pg_db_role_setting s
  CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS u(setting, position)
  WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
    AND s.setrole IN (0, (SELECT r.oid FROM pg_roles r WHERE r.rolname = session_user))
  UNION ALL
  SELECT 'search_path=' || p.reset_val, true, true, NULL
  FROM pg_settings p
  WHERE p.name = 'search_path' AND p.reset_val <> p.boot_val) q (setting, of_role, of_database, position)
ORDER BY q.of_role, q.of_database, q.position;
SELECT r.rolname
FROM pg_roles r
WHERE r.rolname !~ '^pg_'
ORDER BY r.rolname
LIMIT 1000;
SELECT e.extname, n.nspname, EXISTS (
  SELECT
  FROM pg_depend m
  JOIN pg_depend d ON d.refclassid = m.classid AND d.refobjid = m.objid AND d.deptype = 'n'
  LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
  LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
  LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
  LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
  WHERE m.refclassid = 'pg_extension'::regclass AND m.refobjid = e.oid AND m.deptype = 'e'
    AND d.classid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
                      'pg_rewrite'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass,
                      'pg_trigger'::regclass)
    AND NOT EXISTS (
      SELECT
      FROM pg_depend x
      WHERE x.deptype = 'e'
        AND x.objid = coalesce(r.ev_class, a.adrelid, nullif(k.conrelid, 0), t.tgrelid, d.objid)))
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
ORDER BY e.oid
