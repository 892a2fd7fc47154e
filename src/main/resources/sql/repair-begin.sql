-- Begins a transaction of a repair on a connection of ours.
-- Parameters: lock_timeout in milliseconds. PostgreSQL 13 and newer.
BEGIN;
SELECT pg_catalog.set_config('lock_timeout', ?, true),
       pg_catalog.set_config('statement_timeout', '0', true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true),
       pg_catalog.pg_current_xact_id()::pg_catalog.text
