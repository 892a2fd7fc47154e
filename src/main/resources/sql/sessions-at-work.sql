-- How many other sessions of this database do something, or may: that one is in a transaction
-- without doing anything counts, unless it holds an advisory lock and may be the one that is asked
-- about. What cannot be seen counts.
-- Columns: the number. PostgreSQL 13 and newer.
SELECT count(*)
FROM pg_stat_activity a
WHERE a.datname = current_database()
  AND a.backend_type IN ('client backend', 'parallel worker')
  AND a.pid <> pg_backend_pid()
  AND a.state IS DISTINCT FROM 'idle'
  AND NOT (coalesce(a.state, '') LIKE 'idle in transaction%' AND EXISTS (
    SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory'))
