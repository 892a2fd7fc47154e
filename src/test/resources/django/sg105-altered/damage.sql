ALTER TABLE books_author ALTER COLUMN name TYPE varchar(50)
