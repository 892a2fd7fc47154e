-- Ends the sessions of databases, but for our own. Parameters: two names; twice, what sessions call
-- themselves that are spared, empty for none. PostgreSQL 13 and newer.
SELECT pg_terminate_backend(a.pid)
FROM pg_stat_activity a
WHERE a.datname IN (?, ?)
  AND a.usesysid IS NOT NULL
  AND a.pid <> pg_backend_pid()
  AND (? = '' OR a.application_name IS DISTINCT FROM ?)
