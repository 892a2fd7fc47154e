-- What tells this moment of this database from others.
-- Result sets: (1) the transactions whose rows are visible, as pg_snapshot; which database this is,
--              as the cluster's identifier and an oid: both differ after it was made anew; how many
--              large objects there are; (2) schema and name of each table that holds rows of its
--              own, but for those of extensions.
-- PostgreSQL 13 and newer.
SELECT pg_current_snapshot()::text,
       (SELECT c.system_identifier FROM pg_control_system() c)::text || '/' || d.oid::text,
       (SELECT count(*) FROM pg_largeobject_metadata)
FROM pg_database d
WHERE d.datname = current_database();
SELECT n.nspname, c.relname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND c.relpersistence <> 't'
  AND NOT starts_with(n.nspname, 'pg_')
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1, 2
