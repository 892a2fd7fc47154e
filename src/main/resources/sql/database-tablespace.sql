-- Parameters: database, tablespace, both quoted. PostgreSQL 13 and newer.
ALTER DATABASE %s SET TABLESPACE %s
