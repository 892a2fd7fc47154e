-- As database-create-icu.sql, with rules of its own as the seventh parameter.
-- PostgreSQL 16 and newer.
CREATE DATABASE %1$s TEMPLATE template0 CONNECTION LIMIT %5$s
  ENCODING '%2$s' LC_COLLATE '%3$s' LC_CTYPE '%4$s' LOCALE_PROVIDER icu ICU_LOCALE '%6$s'
  ICU_RULES '%7$s'
