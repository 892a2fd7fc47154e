-- Says that the session which owns the scratch database is connected to it: from now on a scratch
-- database without sessions is a left-over. Parameter: name.
-- PostgreSQL 13 and newer.
COMMENT ON DATABASE %s IS 'stampguard scratch database: dropped when nobody is connected'
