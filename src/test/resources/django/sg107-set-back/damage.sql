DELETE FROM django_migrations WHERE (app, name) IN (('books', '0004_overview'), ('lending', '0002_until'))
