CREATE TABLE members (id serial PRIMARY KEY, email text UNIQUE);
