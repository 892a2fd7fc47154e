-- What a transaction that begins now can see, of which server, as whom and by which settings.
-- Columns: database; role; the schemas of its own search path; when the server was started; when it
-- read its settings; the snapshot; how far its log is written, null on a standby, whose snapshots do
-- not name what is under way.
-- PostgreSQL 13 and newer.
SELECT pg_catalog.current_database()::pg_catalog.text,
       CURRENT_USER::pg_catalog.text,
       pg_catalog.current_schemas(false)::pg_catalog.text,
       pg_catalog.pg_postmaster_start_time()::pg_catalog.text,
       pg_catalog.pg_conf_load_time()::pg_catalog.text,
       pg_catalog.pg_current_snapshot()::pg_catalog.text,
       CASE WHEN NOT pg_catalog.pg_is_in_recovery()
         THEN pg_catalog.pg_current_wal_insert_lsn()::pg_catalog.text END
