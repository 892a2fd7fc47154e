-- The process that serves this session.
-- Columns: its number. PostgreSQL 13 and newer.
SELECT pg_catalog.pg_backend_pid()
