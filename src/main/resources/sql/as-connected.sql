-- Undoes, behind a savepoint, what scripts may have set in a session, and keeps what follows from
-- changing anything: one statement at a time. PostgreSQL 13 and newer.
RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET search_path;
SET LOCAL transaction_read_only = on
