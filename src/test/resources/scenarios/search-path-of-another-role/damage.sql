RESET ROLE;

DO $$
BEGIN
  CREATE ROLE shop_reporter LOGIN PASSWORD 'shop_reporter';
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

ALTER ROLE shop_reporter SET search_path = reporting, public;

CREATE SCHEMA reporting AUTHORIZATION shop_reporter;

CREATE TABLE reporting.monthly (month date, total numeric);

GRANT SELECT ON alembic_version TO shop_reporter;
