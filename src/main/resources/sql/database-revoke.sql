-- Takes away what everybody and the owner have by default. Parameters: database, owner, both quoted.
-- PostgreSQL 13 and newer.
REVOKE ALL ON DATABASE %1$s FROM PUBLIC, %2$s
