INSERT INTO members (name) VALUES ('Ada'), ('Bob');

ALTER TABLE members ADD COLUMN card varchar(20);

-- A default the application gave at once.
UPDATE members SET card = '0';

-- fails with 23505
CREATE UNIQUE INDEX CONCURRENTLY uq_members_card ON members (card);
