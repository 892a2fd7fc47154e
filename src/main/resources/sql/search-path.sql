-- The schemas of the session's own search path, in order, one a row. PostgreSQL 13 and newer.
SELECT pg_catalog.unnest(pg_catalog.current_schemas(false))
