-- Brings a sequence as far as it was, or as far as the column it fills is; values that it could not
-- give itself do not count.
-- Parameters: its quoted name as an escaped literal; the last value given, or NULL; greatest or
-- least; max or min; the column and its table, quoted. PostgreSQL 13 and newer.
SELECT setval(s.seqrelid, q.value)
FROM pg_sequence s
CROSS JOIN LATERAL (
  SELECT %3$s(%2$s, (
    SELECT %4$s(t.%5$s) FROM %6$s t WHERE t.%5$s BETWEEN s.seqmin AND s.seqmax))) q (value)
WHERE s.seqrelid = '%1$s'::regclass AND q.value BETWEEN s.seqmin AND s.seqmax
