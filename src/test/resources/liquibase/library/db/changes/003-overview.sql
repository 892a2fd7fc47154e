--liquibase formatted sql

--changeset ann:overview runOnChange:true
CREATE OR REPLACE VIEW overview AS SELECT b.title, l.since FROM books b JOIN loans l ON l.book_id = b.id;
