-- Reads again: roots, definitions. Parameter, twice: an array of object ids.
-- PostgreSQL 13 and newer.
EXECUTE stampguard_roots(?);
EXECUTE stampguard_definitions(?)
