DELETE FROM django_migrations WHERE app IN ('books', 'lending')
