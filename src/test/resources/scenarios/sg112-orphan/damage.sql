CREATE TABLE legacy_imports (id bigserial PRIMARY KEY, line text NOT NULL);

INSERT INTO legacy_imports (line) VALUES ('4711;Ada;gold');
