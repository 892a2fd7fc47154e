-- Who depends on what was renamed or reshaped: table, oid.
-- Parameters: what was renamed, what was reshaped, as arrays. PostgreSQL 13 and newer.
EXECUTE stampguard_dependents(?, ?)
