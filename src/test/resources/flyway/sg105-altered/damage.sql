ALTER TABLE loans ALTER COLUMN due TYPE timestamp;
