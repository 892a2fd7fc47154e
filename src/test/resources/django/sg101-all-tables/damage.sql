DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
    EXECUTE format('DROP TABLE %I CASCADE', t);
  END LOOP;
END $$
