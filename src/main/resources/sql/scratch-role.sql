-- Makes a role that nobody can log in as. Parameter: name, quoted. PostgreSQL 13 and newer.
CREATE ROLE %s NOLOGIN
