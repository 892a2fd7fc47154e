-- As database-create.sql, with a locale of ICU as the sixth parameter. PostgreSQL 15 and newer.
CREATE DATABASE %1$s TEMPLATE template0 CONNECTION LIMIT %5$s
  ENCODING '%2$s' LC_COLLATE '%3$s' LC_CTYPE '%4$s' LOCALE_PROVIDER icu ICU_LOCALE '%6$s'
