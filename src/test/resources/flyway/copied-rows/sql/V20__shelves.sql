CREATE TABLE shelves (id integer PRIMARY KEY, name text NOT NULL);

COPY shelves (id, name) FROM STDIN;
1	drop table books; -- no statement
2	it's a shelf
\.

CREATE INDEX shelves_name ON shelves (name);
