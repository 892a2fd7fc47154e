-- The statements that make the foreign keys of other tables to one relation.
-- Column: statement. Parameter: the relation as text. PostgreSQL 13 and newer.
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname,
              pg_get_constraintdef(k.oid))
FROM pg_constraint k
WHERE k.contype = 'f' AND k.confrelid = to_regclass(?) AND k.conrelid <> k.confrelid
ORDER BY k.conrelid::regclass::text, k.conname
