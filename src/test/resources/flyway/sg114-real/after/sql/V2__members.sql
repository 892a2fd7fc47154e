CREATE TABLE members (
    id integer PRIMARY KEY,
    email varchar(300) NOT NULL UNIQUE
);
