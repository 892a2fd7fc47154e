-- As database-create.sql, on servers whose own default may be another provider.
-- PostgreSQL 15 and newer.
CREATE DATABASE %1$s TEMPLATE template0 CONNECTION LIMIT %5$s
  ENCODING '%2$s' LC_COLLATE '%3$s' LC_CTYPE '%4$s' LOCALE_PROVIDER libc
