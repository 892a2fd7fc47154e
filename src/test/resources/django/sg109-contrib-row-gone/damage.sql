DELETE FROM django_migrations WHERE app = 'auth' AND name = '0011_update_proxy_permissions'
