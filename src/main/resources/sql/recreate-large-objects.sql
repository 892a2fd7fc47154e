-- How many large objects the current database has. PostgreSQL 13 and newer.
SELECT count(*) FROM pg_largeobject_metadata
