-- Sets a setting for this session. Parameters: name, value. PostgreSQL 13 and newer.
SELECT pg_catalog.set_config(?, ?, false)
