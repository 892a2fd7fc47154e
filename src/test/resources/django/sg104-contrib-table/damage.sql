DROP TABLE auth_user_groups
