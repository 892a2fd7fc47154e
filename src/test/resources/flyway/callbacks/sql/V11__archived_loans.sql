CREATE TABLE archive.loans (loan integer PRIMARY KEY, day date NOT NULL);
INSERT INTO archive.loans VALUES (1, pg_temp.today());
