-- Renames a database. Locks new sessions out until the transaction ends, and waits up to five
-- seconds for those that are there to go. Parameters: both names, quoted. PostgreSQL 13 and newer.
ALTER DATABASE %s RENAME TO %s
