-- As scratch-setting.sql, for the role that runs the scripts: what ALTER ROLE says of it on its
-- server would win over the database's own setting. PostgreSQL 13 and newer.
ALTER ROLE SESSION_USER IN DATABASE %s SET %s FROM CURRENT
