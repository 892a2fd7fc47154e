INSERT INTO django_migrations (app, name, applied) VALUES ('books', '0005_gone', now())
