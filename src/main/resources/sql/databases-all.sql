-- The server's databases that take connections, whoever may connect to them; neither templates nor
-- scratch databases of our own. PostgreSQL 13 and newer.
SELECT d.datname
FROM pg_database d
WHERE d.datallowconn
  AND NOT d.datistemplate
  AND NOT starts_with(d.datname, 'stampguard_scratch_')
