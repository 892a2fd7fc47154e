-- expect: behind
ALTER TABLE books DROP COLUMN year;
DELETE FROM ${ledger} WHERE ${column}::text = '${r4}';
