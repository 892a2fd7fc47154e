-- Who keeps databases from being renamed: sessions but our own, and prepared transactions, which
-- belong to no session. Autovacuum is left out: PostgreSQL ends it by itself.
-- Columns: database, pid (null for a prepared transaction), role, application or the transaction's
-- name. Parameters: two names. PostgreSQL 13 and newer.
SELECT a.datname, a.pid, a.usename, a.application_name
FROM pg_stat_activity a
WHERE a.datname IN (?, ?)
  AND a.usesysid IS NOT NULL
  AND a.pid <> pg_backend_pid()
UNION ALL
SELECT p.database, NULL, p.owner, p.gid
FROM pg_prepared_xacts p
WHERE p.database IN (?, ?)
ORDER BY 1, 2, 4
