-- Parameters: database and setting, quoted; the value as an escaped literal.
-- PostgreSQL 13 and newer.
ALTER DATABASE %s SET %s TO '%s'
