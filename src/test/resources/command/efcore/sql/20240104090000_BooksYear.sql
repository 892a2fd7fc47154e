ALTER TABLE books ADD COLUMN year integer;
CREATE INDEX books_year ON books (year);
