-- Whether a table has any rows that this role may see.
-- Columns: the answer.
-- PostgreSQL 13 and newer. The table is put in place of %s.
SELECT EXISTS (SELECT FROM %s)
