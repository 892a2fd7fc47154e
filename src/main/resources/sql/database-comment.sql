-- Parameters: database, quoted; an escaped literal in quotes, or NULL. PostgreSQL 13 and newer.
COMMENT ON DATABASE %s IS %s
