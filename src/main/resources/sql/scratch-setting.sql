-- Takes a setting over into a scratch database. FROM CURRENT, because only set_config takes a value
-- as PostgreSQL itself stores it (search_path is a list). Parameters: name of the database, name of
-- the setting, both quoted. PostgreSQL 13 and newer.
ALTER DATABASE %s SET %s FROM CURRENT
