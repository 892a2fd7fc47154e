-- Begins a read-only transaction; server-moment.sql and pinned-settings.sql follow in the same
-- message. No result set. PostgreSQL 13 and newer.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
