-- Parameters: role, database and setting, quoted; the value as an escaped literal.
-- PostgreSQL 13 and newer.
ALTER ROLE %s IN DATABASE %s SET %s TO '%s'
