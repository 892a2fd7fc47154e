-- Sets a setting until the transaction ends. Parameters: name, value, both escaped. PostgreSQL 13 and
-- newer.
SELECT pg_catalog.set_config('%s', '%s', true)
