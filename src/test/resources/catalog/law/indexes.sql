--- indexes of all methods and options
CREATE TABLE {a} ({b} integer, {c} text, {d} varchar(9), {e} int4range, {f} jsonb, g text[], h tsvector, i inet, j point, k timestamptz, l name);
CREATE INDEX ON {a} ({b} DESC NULLS LAST, {c} ASC NULLS FIRST);
CREATE UNIQUE INDEX {b} ON {a} ({b}) INCLUDE ({c}, {d}) WITH (fillfactor = 60, deduplicate_items = off);
CREATE INDEX {c} ON {a} USING hash ({c});
CREATE INDEX {d} ON {a} USING gist ({e}, j);
CREATE INDEX {e} ON {a} USING gist (i inet_ops);
CREATE INDEX {f} ON {a} USING gin ({f} jsonb_path_ops);
CREATE INDEX ON {a} USING gin ({f}, g, h) WITH (fastupdate = off);
CREATE INDEX ON {a} USING spgist ({c});
CREATE INDEX ON {a} USING brin (k, {b}) WITH (pages_per_range = 16);
CREATE INDEX ON {a} USING brin (k timestamptz_minmax_multi_ops);
CREATE INDEX ON {a} ({c} text_pattern_ops, {d} varchar_pattern_ops, {c} COLLATE "C");
CREATE INDEX ON {a} USING gist (h tsvector_ops (siglen = 100));
--- expression and partial indexes
CREATE TABLE {a} ({b} integer, {c} text, {d} varchar(9), {e} jsonb, {f} timestamptz, g boolean, h date);
CREATE INDEX ON {a} (lower({d}), ({b} + 1), (({e} ->> 'k'::varchar)), (({e} #>> '{a,b}')::integer) DESC);
CREATE UNIQUE INDEX {b} ON {a} (coalesce({d}, 'none'), (CASE WHEN g THEN {b} END)) WHERE {d} IN ('a', 'b') AND NOT g;
CREATE INDEX {c} ON {a} ((({f} AT TIME ZONE 'UTC')::date)) WHERE {f} > '2020-01-01 00:00+02' AND {b} IN (1, 2, 3);
CREATE INDEX {d} ON {a} (({d} IN ('a', 'b')), ({c} COLLATE "C")) WHERE {c} IS NOT NULL;
CREATE INDEX {e} ON {a} USING gin (to_tsvector('simple', {c} || ' ' || {d})) WHERE ({e} ? 'k') OR h IS NULL;
CREATE INDEX {f} ON {a} ((h + interval '1 day'), extract(dow FROM h)) WHERE h BETWEEN '2020-01-01' AND '2020-12-31';
CREATE INDEX {g} ON {a} (md5({c}::text), substring({c} FROM 1 FOR 3), ({c} || 'x') text_pattern_ops);
CREATE INDEX {i} ON {a} (({d} = ANY (ARRAY['a', 'b']))) WHERE {d} <> ALL (ARRAY['x', 'y']::varchar[]);
--- indexes that names alone tell apart
CREATE TABLE {a} ({b} integer, {c} integer);
CREATE INDEX {d} ON {a} ({b});
CREATE INDEX {e} ON {a} ({b});
CREATE INDEX ON {a} ({b});
CREATE UNIQUE INDEX {f} ON {a} ({b});
ALTER TABLE {a} ADD CONSTRAINT {g} UNIQUE ({b});
--- indexes with own functions, operator classes and collations
CREATE FUNCTION {a}(x text, kind varchar DEFAULT 'a') RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(x)';
CREATE COLLATION {b} FROM "C";
CREATE OPERATOR CLASS {c} FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TABLE {d} ({e} text, {f} integer);
CREATE INDEX ON {d} ({a}({e}) COLLATE {b}, {f} {c}, {a}({e}, 'b'));
CREATE TABLE {e} (x integer, EXCLUDE USING btree (x {c} WITH =));
