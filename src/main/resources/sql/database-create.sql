-- Makes an empty database with a locale of the C library.
-- Parameters: name, encoding, collate, ctype, connection limit; the middle ones as escaped literals.
-- PostgreSQL 13 and newer.
CREATE DATABASE %1$s TEMPLATE template0 CONNECTION LIMIT %5$s
  ENCODING '%2$s' LC_COLLATE '%3$s' LC_CTYPE '%4$s'
