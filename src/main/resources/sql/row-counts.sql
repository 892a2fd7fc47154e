-- Exact row counts, one row each, in the order given. A VALUES list and not a UNION: it has no limit
-- that a large schema could meet. %s is the list of row-count.sql, each in parentheses.
-- Row security is switched off so that hidden rows are an error and not a wrong number.
-- PostgreSQL 13 and newer.
SET LOCAL row_security = off;
VALUES %s
