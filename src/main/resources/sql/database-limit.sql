-- Parameters: database, quoted; number. PostgreSQL 13 and newer.
ALTER DATABASE %s CONNECTION LIMIT %s
