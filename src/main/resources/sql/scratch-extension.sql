-- Installs an extension the scripts take for granted. Parameters: name; nothing, or SCHEMA and the
-- name of one; all quoted. PostgreSQL 13 and newer.
CREATE EXTENSION IF NOT EXISTS %s %s CASCADE
