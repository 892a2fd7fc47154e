DROP TABLE archive.loans;
