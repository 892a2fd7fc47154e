DROP VIEW open_loans;

DROP TABLE fines, loans, members, books, authors;
