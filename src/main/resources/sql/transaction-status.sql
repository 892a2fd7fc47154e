-- How a transaction ended.
-- Columns: committed, aborted or in progress; null when it is too long ago to tell.
-- Parameters: the transaction's id.
-- PostgreSQL 13 and newer. An id that this server never gave is an error (22023).
SELECT pg_catalog.pg_xact_status(?::pg_catalog.xid8)
