RESET ROLE;

DO $$
BEGIN
  CREATE ROLE shop_auditor LOGIN PASSWORD 'shop_auditor';
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

ALTER ROLE shop_auditor SET search_path = '';

GRANT SELECT ON alembic_version TO shop_auditor;
