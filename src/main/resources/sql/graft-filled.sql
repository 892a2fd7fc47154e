-- Whether a relation has rows.
-- Column: true or false. Placeholder: its quoted, qualified name. PostgreSQL 13 and newer.
SELECT EXISTS (SELECT FROM %s)
