DROP VIEW overview

ALTER TABLE loans DROP COLUMN until
