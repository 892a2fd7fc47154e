-- Takes away the rows that scripts put into a table. Parameter: the table, quoted, with ONLY unless
-- it is partitioned. PostgreSQL 13 and newer.
TRUNCATE %s
