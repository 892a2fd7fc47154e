CREATE TABLE tags (id integer PRIMARY KEY, word text NOT NULL UNIQUE);
