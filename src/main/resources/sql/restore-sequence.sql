-- Where a sequence is. %s is its quoted, qualified name. PostgreSQL 13 and newer.
SELECT last_value, is_called FROM %s
