ALTER TABLE members ADD COLUMN card varchar(20);
