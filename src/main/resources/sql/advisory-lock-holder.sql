-- The session that holds an advisory lock of this database. What another role's session does is
-- seen by pg_read_all_stats only; without it the session counts as busy.
-- Columns: who it is, in words; since when it is as it is, in words; how many seconds that is (both
-- null when not visible); idle (whether it does nothing, in a transaction or not).
-- Parameters: classid, objid, objsubid as in pg_locks. PostgreSQL 13 and newer.
SELECT concat_ws(', ', 'session ' || l.pid, 'role ' || a.usename,
         nullif(a.application_name, ''), host(a.client_addr), a.state),
       to_char(a.state_change AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'),
       extract(epoch FROM clock_timestamp() - a.state_change)::bigint,
       coalesce(a.state LIKE 'idle%', false)
FROM pg_locks l
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory'
  AND l.granted
  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  AND l.classid = ?::text::oid
  AND l.objid = ?::text::oid
  AND l.objsubid = ?::text::smallint
LIMIT 1
