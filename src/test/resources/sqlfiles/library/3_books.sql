CREATE TYPE genre AS ENUM ('novel', 'poem');
CREATE TABLE books (
    id integer PRIMARY KEY,
    author_id integer NOT NULL REFERENCES authors (id),
    title text NOT NULL,
    kind genre
);
