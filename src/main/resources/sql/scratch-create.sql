-- Makes a scratch database with a locale of the C library.
-- The connection limit marks it as ours from its first moment on; nothing else sets such a number.
-- Parameters: name, encoding, collate, ctype; the last ones as escaped literals.
-- PostgreSQL 13 and newer.
CREATE DATABASE %1$s TEMPLATE template0 CONNECTION LIMIT 6174
  ENCODING '%2$s' LC_COLLATE '%3$s' LC_CTYPE '%4$s'
