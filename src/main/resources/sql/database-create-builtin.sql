-- As database-create.sql, with a locale of PostgreSQL's own as the sixth parameter.
-- PostgreSQL 17 and newer.
CREATE DATABASE %1$s TEMPLATE template0 CONNECTION LIMIT %5$s
  ENCODING '%2$s' LC_COLLATE '%3$s' LC_CTYPE '%4$s' LOCALE_PROVIDER builtin BUILTIN_LOCALE '%6$s'
