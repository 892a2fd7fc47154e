RESET ROLE;

DO $$
BEGIN
  CREATE ROLE shop_viewer LOGIN PASSWORD 'shop_viewer';
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

CREATE SCHEMA app AUTHORIZATION shop;

GRANT USAGE ON SCHEMA app TO shop_viewer;

GRANT SELECT ON alembic_version TO shop_viewer;

ALTER TYPE customer_tier SET SCHEMA app;

DO $$
DECLARE
  moved text;
BEGIN
  FOR moved IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE public.%I SET SCHEMA app', moved);
  END LOOP;
END $$;
