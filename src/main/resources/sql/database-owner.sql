-- Parameters: database, role, both quoted. PostgreSQL 13 and newer.
ALTER DATABASE %s OWNER TO %s
