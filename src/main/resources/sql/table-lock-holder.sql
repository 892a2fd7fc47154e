-- The session whose lock keeps others from locking a table against writers, the longest-held one
-- first. Columns: pid, application_name (null when the session is gone again), relation as quoted
-- text. Parameter: the table's quoted name. PostgreSQL 13 and newer.
SELECT l.pid, a.application_name, format('%I.%I', n.nspname, c.relname) AS relation
FROM pg_locks l
JOIN pg_class c ON c.oid = l.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'relation'
  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
  AND l.relation = to_regclass(?)
  AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
  AND l.granted
  AND l.pid <> pg_backend_pid()
ORDER BY a.xact_start
LIMIT 1
