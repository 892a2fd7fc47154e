--liquibase formatted sql

--changeset ann:authors
--comment: Who writes
CREATE TABLE authors (
  id int PRIMARY KEY, -- given once
  name text NOT NULL
);
CREATE INDEX authors_by_name ON authors (name);
--rollback DROP TABLE authors;

--changeset ann:books context:"production or test"
CREATE TABLE books (
  id int PRIMARY KEY,
  author_id int NOT NULL REFERENCES authors (id),
  title varchar(100) NOT NULL
);

--changeset ann:examples context:demo
INSERT INTO authors VALUES (1, 'Somebody');

--changeset ann:other-database dbms:h2
CREATE TABLE nowhere (id int);
