-- Gives a database a setting as it is in this session. FROM CURRENT, because only set_config takes a
-- list such as search_path as PostgreSQL itself stores it. Parameters: name of the database, name of
-- the setting, both quoted. PostgreSQL 13 and newer.
ALTER DATABASE %s SET %s FROM CURRENT
