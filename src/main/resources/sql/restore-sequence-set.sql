-- Parameters: quoted, qualified name; last value; whether it was given out. PostgreSQL 13 and newer.
SELECT pg_catalog.setval(?::regclass, ?, ?)
