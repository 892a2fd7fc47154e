-- Makes a schema the scripts take for granted. Parameter: name, quoted. PostgreSQL 13 and newer.
CREATE SCHEMA IF NOT EXISTS %s
