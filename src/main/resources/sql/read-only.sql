-- Begins a read-only transaction; pinned-settings.sql follows in the same message.
-- Result set: the schemas of the caller's own search path, before it is replaced.
-- PostgreSQL 13 and newer.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_catalog.current_schemas(false)::pg_catalog.text[]
