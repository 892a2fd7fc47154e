-- The server's other databases that this role may connect to, by name.
-- PostgreSQL 13 and newer.
SELECT d.datname
FROM pg_database d
WHERE d.datallowconn
  AND NOT d.datistemplate
  AND d.datname <> current_database()
  AND has_database_privilege(d.oid, 'CONNECT')
