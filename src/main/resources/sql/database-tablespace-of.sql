-- Where a database's files are. Parameter: its name. PostgreSQL 13 and newer.
SELECT t.spcname
FROM pg_database d
JOIN pg_tablespace t ON t.oid = d.dattablespace
WHERE d.datname = ?
