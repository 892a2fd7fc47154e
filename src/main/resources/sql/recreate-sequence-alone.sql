-- As recreate-sequence.sql, for a sequence whose values are in no column that was copied.
SELECT setval(s.seqrelid, %2$s)
FROM pg_sequence s
WHERE s.seqrelid = '%1$s'::regclass AND %2$s BETWEEN s.seqmin AND s.seqmax
