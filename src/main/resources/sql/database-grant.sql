-- Parameters: privilege, a key word; database and grantee, quoted, or PUBLIC; nothing or
-- WITH GRANT OPTION. PostgreSQL 13 and newer.
GRANT %s ON DATABASE %s TO %s %s
