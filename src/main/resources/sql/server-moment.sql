-- What a transaction that begins now can see, and of which server.
-- Columns: the schemas of the caller's own search path; when the server was started; the snapshot.
-- PostgreSQL 13 and newer.
SELECT pg_catalog.current_schemas(false)::pg_catalog.text[],
       pg_catalog.pg_postmaster_start_time()::pg_catalog.text,
       pg_catalog.pg_current_snapshot()::pg_catalog.text
