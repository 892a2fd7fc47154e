-- Says that the session which owns the database holds its lock: without it it is a left-over.
-- Parameter: name. PostgreSQL 13 and newer.
COMMENT ON DATABASE %s IS 'stampguard scratch database: on its way to replace another'
