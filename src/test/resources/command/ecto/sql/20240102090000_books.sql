CREATE TABLE books (id serial PRIMARY KEY, title text NOT NULL, author_id integer REFERENCES authors);
