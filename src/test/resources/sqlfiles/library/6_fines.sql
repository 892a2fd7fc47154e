CREATE TABLE fines (
    id integer PRIMARY KEY,
    loan_id integer NOT NULL REFERENCES loans (id),
    cents integer NOT NULL CHECK (cents > 0)
);
