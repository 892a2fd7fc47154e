--- extension with types and operators
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
CREATE EXTENSION IF NOT EXISTS hstore SCHEMA public;
CREATE TABLE {a} ({b} public.citext DEFAULT 'x', {c} public.hstore DEFAULT 'a=>1', {d} public.citext COLLATE "C", CHECK ({b} IN ('a', 'b')), CHECK ({c} ? 'k'), CHECK ({b} = 'A'::text), UNIQUE ({b}));
CREATE INDEX ON {a} USING gin ({c});
CREATE VIEW {e} AS SELECT {b}, {c} -> 'a' AS v FROM {a} WHERE {b} = 'x';
CREATE FUNCTION {f}(public.citext) RETURNS public.hstore LANGUAGE sql AS $$SELECT ''::public.hstore$$;
--- extension with operator classes
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE TABLE {a} ({b} integer, {c} tstzrange, {d} text, EXCLUDE USING gist ({b} WITH =, {c} WITH &&));
CREATE INDEX ON {a} USING gin ({d} public.gin_trgm_ops);
CREATE INDEX ON {a} USING gist ({d} public.gist_trgm_ops (siglen = 32));
--- extension in a schema of its own
CREATE SCHEMA IF NOT EXISTS "Ext ensions";
CREATE EXTENSION IF NOT EXISTS ltree SCHEMA "Ext ensions";
CREATE TABLE {a} ({b} "Ext ensions".ltree DEFAULT 'a.b');
CREATE INDEX ON {a} USING gist ({b});
