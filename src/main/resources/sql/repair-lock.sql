-- Takes the lock that lets one repair at a time work on this database.
-- Columns: whether it was free.
-- PostgreSQL 13 and newer.
--
-- It belongs to the transaction, not the session: so it also holds behind PgBouncer in transaction
-- mode, and goes with a client that is killed. The first key spells "stmp".
SELECT pg_catalog.pg_try_advisory_xact_lock(1937010032, 1)
