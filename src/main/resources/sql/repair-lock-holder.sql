-- Who holds the lock of repair-lock.sql.
-- Columns: process id, role, application name (may be empty), since when (UTC).
-- PostgreSQL 13 and newer.
SELECT l.pid,
       a.usename,
       a.application_name,
       pg_catalog.to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory'
  AND l.granted
  AND l.classid = 1937010032
  AND l.objid = 1
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
