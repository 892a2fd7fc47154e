-- Takes back the search path of one role in one database. Parameters: both, quoted.
-- PostgreSQL 13 and newer.
ALTER ROLE %s IN DATABASE %s RESET search_path
