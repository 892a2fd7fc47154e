-- Whether a relation has rows; one that is hidden by row security is an error and not a wrong answer.
-- Column: true or false. Placeholder: its quoted, qualified name. PostgreSQL 13 and newer.
SET LOCAL row_security = off;
SELECT EXISTS (SELECT FROM %s)
