--liquibase formatted sql

--changeset ann:overview runOnChange:true
CREATE OR REPLACE VIEW overview AS SELECT b.title, l.since FROM books b JOIN loans l ON l.book_id = b.id;

--property name:who value:readers

--changeset "ann":"notes"
/* More than one line
   of comment; with a semicolon */
CREATE TABLE notes (
	id int PRIMARY KEY,
	text varchar(40) DEFAULT 'Größe,  for ${who}'
);
