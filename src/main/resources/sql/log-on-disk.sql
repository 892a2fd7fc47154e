-- Whether the log is on disk up to a place. Parameter: the place. PostgreSQL 13 and newer.
SELECT pg_catalog.pg_current_wal_flush_lsn() >= ?::pg_catalog.pg_lsn
