CREATE TABLE loans (
    id integer PRIMARY KEY,
    book_id integer NOT NULL REFERENCES books (id),
    due date
);
ALTER TABLE books ADD COLUMN pages integer;
