-- Installs an extension the scripts take for granted. Parameter: name, quoted.
-- PostgreSQL 13 and newer.
CREATE EXTENSION IF NOT EXISTS %s CASCADE
