DELETE FROM django_migrations WHERE app = 'auth' AND name = '0001_initial'
