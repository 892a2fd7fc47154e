-- Brings a sequence as far as it was, or as far as the column it fills is.
-- Parameters: its quoted name as an escaped literal; the last value given, or NULL; greatest or
-- least; max or min; the column and its table, quoted. PostgreSQL 13 and newer.
SELECT setval('%1$s'::regclass, q.value)
FROM (SELECT %3$s(%2$s, (SELECT %4$s(%5$s) FROM %6$s))) q (value)
WHERE q.value IS NOT NULL
