DELETE FROM django_migrations WHERE app IN ('auth', 'contenttypes')
