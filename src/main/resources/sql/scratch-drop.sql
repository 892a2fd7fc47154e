-- Drops a scratch database and ends the sessions a script may have left in it. Parameter: name.
-- PostgreSQL 13 and newer.
DROP DATABASE IF EXISTS %s WITH (FORCE)
