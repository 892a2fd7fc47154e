--- functions in sql and plpgsql
CREATE FUNCTION {a}({b} integer, {c} varchar DEFAULT 'x', OUT {d} text, INOUT {e} numeric DEFAULT -1.5) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT $2::text, $3';
CREATE FUNCTION {a}({b} text) RETURNS SETOF record LANGUAGE plpgsql STABLE SECURITY DEFINER LEAKPROOF COST 7 ROWS 13 SET search_path = {schema}, public, pg_temp SET work_mem = '8MB' SET "TimeZone" TO 'Europe/Berlin' SET DateStyle = 'SQL, DMY' AS $f$
BEGIN
  RETURN QUERY SELECT 1 -- "why" ???
  ; /* $function$ */
END $f$;
CREATE FUNCTION {b}(VARIADIC {c} text[] DEFAULT ARRAY['a', 'b']::varchar[]) RETURNS TABLE ({d} integer, {e} varchar(5)) LANGUAGE sql AS $$SELECT 1, E'\\n'$$;
CREATE FUNCTION {c}(integer, date DEFAULT '2020-01-01', timestamptz DEFAULT '2020-01-01 00:00+02', interval DEFAULT '1 day', bytea DEFAULT '\x00', float8 DEFAULT 0.1, text DEFAULT E'\\', boolean DEFAULT 'a'::varchar IN ('a', 'b'), integer[] DEFAULT '{}') RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION {d}({e} anyelement, {f} anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION {e}(x integer DEFAULT length('x')) RETURNS integer LANGUAGE internal IMMUTABLE STRICT WINDOW AS 'window_row_number';
--- functions over own types and tables
CREATE TYPE {a} AS ENUM ('x');
CREATE TABLE {b} (x integer);
CREATE DOMAIN {c} AS integer;
CREATE FUNCTION {d}({a}, {b}, {c}[], {e} {a} DEFAULT 'x') RETURNS SETOF {b} LANGUAGE sql AS $q$SELECT * FROM {schema}.{b}$q$;
CREATE FUNCTION {d}({a}) RETURNS {c} LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION {other}.{d}({b}) RETURNS integer LANGUAGE sql AS 'SELECT ($1).x';
--- procedures
CREATE PROCEDURE {a}({b} integer, {c} varchar DEFAULT 'x') LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE {a}(INOUT {b} text, VARIADIC {d} integer[] DEFAULT '{}') LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS 'BEGIN COMMIT; END';
CREATE PROCEDURE {c}(OUT {b} integer, {a} integer) LANGUAGE sql AS 'SELECT 1';
--- bodies in standard SQL
CREATE TABLE {a} ({b} integer, {c} varchar(5));
CREATE FUNCTION {d}(n integer DEFAULT 5) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN n + 1;
CREATE FUNCTION {e}({b} integer) RETURNS SETOF {a} LANGUAGE sql STABLE SECURITY DEFINER SET work_mem = '1MB' BEGIN ATOMIC SELECT {a}.{b}, {c} FROM {a} WHERE {a}.{b} = {e}.{b} AND {c} IN ('a', 'b'); END;
CREATE PROCEDURE {f}(x integer) LANGUAGE sql BEGIN ATOMIC INSERT INTO {a} VALUES (x, 'y'); UPDATE {a} SET {c} = 'z' WHERE {b} = x; DELETE FROM {a} WHERE {b} = {f}.x; END;
CREATE FUNCTION {g}() RETURNS void LANGUAGE sql BEGIN ATOMIC END;
CREATE VIEW {b} AS SELECT {d}({b}) AS r FROM {a};
--- aggregates
CREATE FUNCTION {a}(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION {a}(integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE {b}(integer) (SFUNC = {a}, STYPE = integer, INITCOND = '0', FINALFUNC = {a}, COMBINEFUNC = {a}, PARALLEL = safe);
CREATE AGGREGATE {b}(x text) (SFUNC = textcat, STYPE = text, SSPACE = 64, SORTOP = <);
CREATE AGGREGATE {c}(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE {d}(integer) (SFUNC = {a}, STYPE = integer, MSFUNC = {a}, MINVFUNC = {a}, MSTYPE = integer, MINITCOND = '1', FINALFUNC_MODIFY = READ_WRITE);
CREATE AGGREGATE {e}(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0');
CREATE VIEW {f} AS SELECT {b}(x) AS b FROM (VALUES (1), (2)) v (x);
--- triggers
CREATE FUNCTION {f}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TABLE {a} ({b} integer PRIMARY KEY, {c} varchar(7), {d} text);
CREATE TRIGGER {a} BEFORE INSERT OR UPDATE OF {c}, {d} ON {a} FOR EACH ROW WHEN (NEW.{c} IN ('a', 'b') AND NEW.{d} IS DISTINCT FROM NEW.{c}) EXECUTE FUNCTION {f}('x', 'it''s', E'back\\slash', 'größe');
CREATE TRIGGER {b} AFTER UPDATE ON {a} REFERENCING OLD TABLE AS {b} NEW TABLE AS {c} FOR EACH STATEMENT EXECUTE FUNCTION {f}();
CREATE TRIGGER {c} AFTER DELETE ON {a} REFERENCING OLD TABLE AS gone FOR EACH ROW WHEN (OLD.* IS NOT NULL) EXECUTE FUNCTION {f}(1);
CREATE TRIGGER {d} AFTER TRUNCATE ON {a} EXECUTE FUNCTION {f}();
CREATE CONSTRAINT TRIGGER {e} AFTER INSERT OR UPDATE ON {a} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.{b} > 0) EXECUTE FUNCTION {f}();
CREATE CONSTRAINT TRIGGER {g} AFTER DELETE ON {a} FROM {a} NOT DEFERRABLE FOR EACH ROW EXECUTE FUNCTION {f}();
ALTER TABLE {a} DISABLE TRIGGER {a}, ENABLE REPLICA TRIGGER {b}, ENABLE ALWAYS TRIGGER {c};
CREATE VIEW {b} AS SELECT * FROM {a};
CREATE TRIGGER {h} INSTEAD OF INSERT OR DELETE ON {b} FOR EACH ROW EXECUTE FUNCTION {f}();
--- functions that overload by many types
CREATE FUNCTION {a}(smallint) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION {a}(bigint[], "char", character, varchar(3), timestamptz, bit varying) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION {a}() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION {a}(regclass, pg_catalog.name) RETURNS int LANGUAGE sql AS 'SELECT 1';
