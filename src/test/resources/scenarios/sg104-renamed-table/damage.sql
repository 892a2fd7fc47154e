DROP INDEX ix_clients_name;

ALTER TABLE customers DROP COLUMN phone;
