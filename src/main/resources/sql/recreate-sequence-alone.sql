-- As recreate-sequence.sql, for a sequence whose values are in no column that was copied.
SELECT setval('%1$s'::regclass, %2$s)
