--- enum with labels that need quotes
CREATE TYPE {a} AS ENUM ('new', 'it''s done', 'with "quotes"', 'back\slash', 'größer', '', 'a,b', 'new ');
CREATE TABLE {b} (
  {c} {a} DEFAULT 'it''s done' NOT NULL,
  {d} {a}[] DEFAULT ARRAY['new', 'a,b']::{a}[],
  CONSTRAINT {e} CHECK ({c} IN ('new', 'größer') AND {c} <> ''),
  CONSTRAINT {f} CHECK ({c} = ANY ('{new,""}'::{a}[]))
);
CREATE INDEX ON {b} ({c}) WHERE {c} IN ('new', 'a,b');
--- enum with values added before, after and renamed
CREATE TYPE {a} AS ENUM ('b');
ALTER TYPE {a} ADD VALUE 'a' BEFORE 'b';
ALTER TYPE {a} ADD VALUE 'd' AFTER 'b';
ALTER TYPE {a} ADD VALUE 'c' BEFORE 'd';
ALTER TYPE {a} RENAME VALUE 'd' TO 'δ';
--- enum without labels
CREATE TYPE {a} AS ENUM ();
--- domain with checks
CREATE DOMAIN {a} AS varchar(40) COLLATE "C" DEFAULT 'x@y' NOT NULL
  CONSTRAINT {b} CHECK (VALUE LIKE '%@%')
  CONSTRAINT {c} CHECK (VALUE NOT IN ('a@b', 'c@d') AND char_length(VALUE) BETWEEN 3 AND 40)
  CHECK (VALUE ~ '^[^@\s]+@\S+$');
CREATE TABLE {d} ({e} {a}, {f} {a}[] DEFAULT '{}', CHECK ({e} IN ('a@b', 'e@f')));
--- domain over a domain, an array and a composite type
CREATE DOMAIN {a} AS numeric(10, 2) DEFAULT -1.50 CHECK (VALUE > -2);
CREATE DOMAIN {b} AS {a} DEFAULT 7 CHECK (VALUE < 1e6);
CREATE DOMAIN {c} AS integer[] CHECK (cardinality(VALUE) < 5 AND VALUE[1] IS DISTINCT FROM 3);
CREATE TYPE {d} AS (x integer, y {b});
CREATE DOMAIN {e} AS {d} CHECK ((VALUE).x > 0 AND ((VALUE).y) IS NOT NULL);
CREATE TABLE {f} (p {b}, q {c}, r {e});
--- domain with a check that is not valid
CREATE DOMAIN {a} AS text;
CREATE TABLE {b} ({c} {a});
INSERT INTO {b} VALUES ('');
ALTER DOMAIN {a} ADD CONSTRAINT {d} CHECK (VALUE <> '') NOT VALID;
ALTER DOMAIN {a} SET DEFAULT upper('x');
--- domain with a collation of its own
CREATE COLLATION {a} FROM "C";
CREATE DOMAIN {b} AS text COLLATE {a};
CREATE DOMAIN {c} AS {b} COLLATE "POSIX" CHECK (VALUE > 'a' COLLATE "C");
CREATE TABLE {d} ({e} {b}, {f} {b} COLLATE "C", g text COLLATE {a});
--- composite type
CREATE TYPE {a} AS ({b} integer, {c} varchar(3) COLLATE "C", {d} numeric(5, 2)[], {e} timestamp(3) with time zone, f interval day to second(2), g bit varying(9), h "char", i character(1), j bit);
CREATE TYPE {c} AS ();
CREATE TYPE {d} AS (inner_one {a}, more {a}[]);
CREATE TABLE {f} ({a} {d} DEFAULT ROW(NULL, '{}'), CHECK ((({a}).inner_one).{b} > 0));
--- composite type with a dropped and an added attribute
CREATE TYPE {a} AS (x integer, y text, z date);
ALTER TYPE {a} DROP ATTRIBUTE y, ADD ATTRIBUTE w text COLLATE "POSIX";
ALTER TYPE {a} RENAME ATTRIBUTE z TO {b};
--- range types and what they make themselves
CREATE TYPE {a} AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TABLE {b} ({c} {a} DEFAULT '[1.5,2)', {d} {a}[] , e int4range DEFAULT int4range(1, 5, '[]'), EXCLUDE USING gist ({c} WITH &&));
--- multirange column
CREATE TABLE {a} ({b} int4multirange DEFAULT '{[1,3), [5,6)}', {c} tstzmultirange, CHECK ({b} @> 2));
--- shell and base types are no objects
CREATE TYPE {a};
--- sequences of all shapes
CREATE SEQUENCE {a};
CREATE SEQUENCE {b} AS smallint INCREMENT BY -1 MINVALUE -300 MAXVALUE -5 START -10 CACHE 7 CYCLE;
CREATE SEQUENCE {c} AS integer INCREMENT 5 MINVALUE 5 MAXVALUE 500 START 10;
ALTER SEQUENCE {c} RESTART WITH 15;
CREATE SEQUENCE {d} NO MINVALUE NO MAXVALUE START 77;
SELECT setval($q${schema}.{d}$q$, 1000);
--- sequence owned by a column that does not use it
CREATE TABLE {a} ({b} bigint, {c} bigint);
CREATE SEQUENCE {d} OWNED BY {a}.{b};
CREATE SEQUENCE {e} INCREMENT 3;
ALTER TABLE {a} ALTER {c} SET DEFAULT nextval($q${schema}.{e}$q$);
CREATE SEQUENCE {f} MINVALUE 9;
ALTER TABLE {a} ALTER {b} SET DEFAULT 10 + nextval($q${schema}.{f}$q$::regclass);
ALTER SEQUENCE {f} OWNED BY {a}.{c};
--- sequence in another schema than its table
CREATE TABLE {a} ({b} integer);
CREATE SEQUENCE {other}.{c};
ALTER TABLE {a} ALTER {b} SET DEFAULT nextval($q${other}.{c}$q$::text);
ALTER TABLE {a} ADD {d} bigint DEFAULT nextval($q${other}.{c}$q$);
--- unlogged sequence | 15
CREATE UNLOGGED SEQUENCE {a};
CREATE UNLOGGED TABLE {b} (id serial, n bigint GENERATED ALWAYS AS IDENTITY);
