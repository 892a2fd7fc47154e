-- What was written since the last look.
-- Parameters: the oldest transaction that may have written something new; later ones already known.
-- Result sets: (1) as in watch-rows.sql; (2) the oldest transaction that still runs: whatever the next
-- look finds new is of that one or later ones. PostgreSQL 13 and newer.
EXECUTE stampguard_rows(?, ?);
SELECT pg_snapshot_xmin(pg_current_snapshot())::xid
