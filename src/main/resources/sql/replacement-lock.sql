-- Keeps a database from being swept as a left-over for as long as this session lasts, whoever is
-- connected to it; so the session may be idle for long. Parameter: its name.
-- PostgreSQL 13 and newer; idle_session_timeout is there from 14 on.
SELECT set_config(s.name, '0', false) FROM pg_settings s WHERE s.name = 'idle_session_timeout';
SELECT pg_advisory_lock(6174, d.oid::int)
FROM pg_database d
WHERE d.datname = ?
