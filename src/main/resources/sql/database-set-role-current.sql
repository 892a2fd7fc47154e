-- As database-set-current.sql, for one role. Parameters: role, database, setting, all quoted.
-- PostgreSQL 13 and newer.
ALTER ROLE %s IN DATABASE %s SET %s FROM CURRENT
