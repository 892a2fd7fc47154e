ALTER TABLE cards ALTER COLUMN reader_id TYPE bigint
