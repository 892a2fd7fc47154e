--- views with options
CREATE TABLE {a} ({b} integer, {c} varchar(7), {d} text COLLATE "C");
CREATE VIEW {b} WITH (security_barrier) AS SELECT {b}, {c} FROM {a} WHERE {b} > 10;
CREATE VIEW {c} AS SELECT * FROM {a} WHERE {c} IN ('a', 'b') WITH CASCADED CHECK OPTION;
CREATE VIEW {d} (x, "y z", {e}) WITH (security_barrier = false, check_option = local) AS SELECT {b}, {c}, {d} FROM {a};
ALTER VIEW {d} ALTER x SET DEFAULT 5;
CREATE VIEW {e} AS SELECT v.*, 1 AS one, 'x' AS lit, NULL AS nothing, {d} COLLATE "POSIX" AS p FROM {c} v;
--- views that run as who asks | 15
CREATE TABLE {a} ({b} integer);
CREATE VIEW {b} WITH (security_invoker = true, security_barrier = true) AS SELECT * FROM {a};
--- views with joins, aliases and subqueries
CREATE TABLE {a} (id integer PRIMARY KEY, {b} text, {c} timestamptz);
CREATE TABLE {b} (id integer, {a} integer REFERENCES {a}, {c} varchar(4), {d} numeric(8, 2));
CREATE VIEW {c} AS SELECT x.id, y.i1 AS y_id, x.{b} AS "x.b", y.* FROM {a} x JOIN {b} AS y (i1, i2, i3, i4) ON y.i2 = x.id LEFT JOIN {b} z USING (id) CROSS JOIN LATERAL (SELECT count(*) AS n FROM {b} w WHERE w.{a} = x.id) c;
CREATE VIEW {d} AS SELECT {a}.id, sum({d}) FILTER (WHERE {b}.{c} IN ('a', 'b')) AS total, string_agg({b}.{c}, ',' ORDER BY {b}.{c} DESC) AS list, count(DISTINCT {b}.{c}) FROM {a} FULL JOIN {b} USING (id) GROUP BY {a}.id HAVING count(*) > 1 ORDER BY 2 DESC NULLS LAST LIMIT 10 OFFSET 2;
CREATE VIEW {e} AS SELECT {a}, {a}.{b} AS b, EXISTS (SELECT FROM {b} WHERE {b}.id = {a}.id) AS has, (SELECT max(id) FROM {b}) AS top, id IN (SELECT id FROM {b}) AS isin, ARRAY(SELECT id FROM {b} ORDER BY 1) AS ids FROM {a} WHERE (id, {b}) NOT IN (SELECT id, {c} FROM {b});
CREATE VIEW {f} AS SELECT row_number() OVER w AS n, lag(id, 1, 0) OVER (PARTITION BY {a} ORDER BY {c} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS l, {d}::integer, {d} * 1.5 AS m FROM {b} WINDOW w AS (PARTITION BY {c} ORDER BY id);
CREATE VIEW {g} AS SELECT a.id FROM {a} a, {a} b, ONLY {b} c TABLESAMPLE bernoulli (10) REPEATABLE (1) WHERE a.id = b.id AND a.{c} > '2020-01-01 00:00+03' FOR UPDATE OF a;
--- views with unions, values and common table expressions
CREATE TABLE {a} ({b} integer, {c} varchar(7));
CREATE VIEW {b} AS SELECT {b}, {c} FROM {a} UNION ALL (SELECT 1, 'x' UNION SELECT 2, 'y') EXCEPT SELECT 3, 'z' ORDER BY 1;
CREATE VIEW {c} (n, t) AS VALUES (1, 'a'), (2, NULL);
CREATE RECURSIVE VIEW {d} (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM {d} WHERE n < 5;
CREATE VIEW {e} AS WITH RECURSIVE t (n, path) AS (SELECT {b}, ARRAY[{b}] FROM {a} UNION ALL SELECT {a}.{b}, path || {a}.{b} FROM t JOIN {a} ON t.n = {a}.{b}) SEARCH DEPTH FIRST BY n SET o CYCLE n SET is_cycle USING p, u AS NOT MATERIALIZED (SELECT 1 AS one) SELECT t.n, path, is_cycle, u.one FROM t, u;
CREATE VIEW {f} AS SELECT DISTINCT ON ({c}) {c}, {b} FROM {a} ORDER BY {c}, {b} DESC FETCH FIRST 5 ROWS ONLY;
CREATE VIEW {g} AS SELECT {b}, {c}, grouping({b}) AS g, count(*) FROM {a} GROUP BY GROUPING SETS (({b}, {c}), ROLLUP ({c}), ());
CREATE VIEW {h} AS SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS s (n, o), ROWS FROM (unnest(ARRAY[1, 2]), json_to_record('{"a": 1}') AS (a integer, b text)) AS r (x, y, z), unnest(ARRAY['a'::varchar, 'b']) u;
--- views over views, functions and renamed columns
CREATE TABLE {a} ({b} integer, {c} text, {d} date);
CREATE FUNCTION {a}(x integer DEFAULT 3) RETURNS SETOF {a} LANGUAGE sql STABLE AS $q$SELECT * FROM {schema}.{a} LIMIT x$q$;
CREATE VIEW {b} AS SELECT t.{b} AS n, t.{c} FROM {a} t JOIN {a} u USING ({b}) WHERE t.{d} > u.{d};
CREATE VIEW {c} AS SELECT * FROM {b} NATURAL JOIN (SELECT 1 AS n) s;
CREATE VIEW {d} AS SELECT f.*, {a}.{c} AS again FROM {a}(5) f, {a};
ALTER TABLE {a} RENAME {b} TO {e};
ALTER VIEW {b} RENAME n TO {f};
ALTER TABLE {a} ADD {h} text;
ALTER VIEW {c} RENAME TO {g};
--- views with literals of every kind
CREATE VIEW {a} AS SELECT '2020-01-01'::date AS d, '2020-01-01 00:00+05'::timestamptz AS ts, '1 year -2 days'::interval AS i, 0.1::float8 AS f, 0.30000000000000004::float8 AS g, '\x00ff'::bytea AS b, E'a\\b\n' AS s, ARRAY['a'::varchar, 'b']::text[] AS arr, '{"k": 1}'::jsonb -> 'k' AS j, ROW(1, 'x') = ROW(2, 'y') AS r, 'x'::"char" AS c, B'101' AS bits, current_date AS today, now()::time(2) AS t, extract(epoch FROM now()) AS e, CAST(NULL AS numeric(5, 2)) AS n, (1, 2) = (3, 4) AS eq, 1::money AS m, 'a' IN ('a', 'b') AS isin, INTERVAL '1' HOUR AS h, timestamp '2020-01-01' AT TIME ZONE 'UTC' AS tz, $$d$$ || 'e' AS dd, -5 AS neg, - (5) AS neg2, 1e10 AS big, TRUE AS yes, xmin_free.x FROM (SELECT 1 AS x) xmin_free;
--- materialized views
CREATE TABLE {a} ({b} integer, {c} varchar(7));
CREATE MATERIALIZED VIEW {b} AS SELECT {c}, count(*) AS n FROM {a} WHERE {c} IN ('a', 'b') GROUP BY {c};
CREATE UNIQUE INDEX {c} ON {b} (n);
CREATE INDEX {d} ON {b} (lower({c})) WHERE n > 5;
CREATE MATERIALIZED VIEW {e} (x, {f}) WITH (fillfactor = 50) AS SELECT n, {c} COLLATE "C" FROM {b} WITH NO DATA;
CREATE INDEX ON {e} (x);
CREATE MATERIALIZED VIEW {g} AS SELECT e.x FROM {e} e WITH NO DATA;
--- rules
CREATE TABLE {a} ({b} integer, {c} varchar(7));
CREATE TABLE {d} (LIKE {a});
CREATE RULE {a} AS ON INSERT TO {a} DO ALSO INSERT INTO {d} VALUES (NEW.{b}, NEW.{c});
CREATE RULE {b} AS ON DELETE TO {a} WHERE OLD.{c} IN ('a', 'b') DO INSTEAD NOTHING;
CREATE RULE {c} AS ON UPDATE TO {d} DO INSTEAD (UPDATE {a} SET {c} = NEW.{c} WHERE {b} = OLD.{b}; DELETE FROM {d} WHERE {b} = NEW.{b};);
ALTER TABLE {d} DISABLE RULE {c};
CREATE VIEW {e} AS SELECT {b}, {c} FROM {a};
CREATE RULE {f} AS ON INSERT TO {e} DO INSTEAD INSERT INTO {a} VALUES (NEW.{b}, 'x') RETURNING {b}, {c};
ALTER TABLE {e} ALTER {b} SET DEFAULT 7;
--- views that depend on a primary key
CREATE TABLE {a} ({b} integer PRIMARY KEY, {c} text);
CREATE VIEW {d} AS SELECT {b}, {c}, count(*) FROM {a} GROUP BY {b};
CREATE VIEW {e} AS SELECT * FROM {d};
--- views whose tables changed afterwards
CREATE TABLE {a} ({b} integer, {c} text, {d} date);
CREATE TABLE {b} ({b} integer, {e} text);
CREATE VIEW {c} AS SELECT * FROM {a} t (x, y) JOIN {b} u ON x = u.{b} WHERE x > 0;
CREATE VIEW {d} AS SELECT t.*, u.{e} FROM {a} t LEFT JOIN {b} u USING ({b});
CREATE VIEW {e} AS SELECT j.* FROM ({a} t JOIN {b} u USING ({b})) AS j;
CREATE VIEW {f} AS SELECT t, t.{c} FROM {a} AS t, LATERAL (SELECT t.{d} + 1 AS next) n;
CREATE VIEW {g} AS SELECT * FROM {a} t NATURAL JOIN {b} u;
CREATE VIEW {h} AS SELECT * FROM {c} AS v (p, q, r);
ALTER TABLE {a} RENAME {b} TO {f};
ALTER TABLE {a} ADD {e} integer, ADD {b} text;
ALTER TABLE {b} ADD {c} integer, ADD {d} text;
ALTER TABLE {b} RENAME {e} TO {g};
CREATE OR REPLACE VIEW {d} AS SELECT t.{f} AS {b}, t.{c}, t.{d}, u.{g} AS {e}, 1 AS one FROM {a} t LEFT JOIN {b} u ON t.{f} = u.{b};
--- views over functions whose row type changed afterwards
CREATE TABLE {a} ({b} integer, {c} text, {d} date);
CREATE FUNCTION {a}() RETURNS SETOF {a} LANGUAGE sql STABLE AS $q$SELECT * FROM {schema}.{a}$q$;
CREATE FUNCTION {b}() RETURNS TABLE (x integer, y text) LANGUAGE sql STABLE AS 'SELECT 1, NULL::text';
CREATE VIEW {c} AS SELECT * FROM {a}() WHERE {b} > 0;
CREATE VIEW {d} AS SELECT f.{b}, g.*, o.* FROM {a}() AS f, {b}() AS g (p), {b}() WITH ORDINALITY o (r, s, t);
CREATE VIEW {e} AS SELECT s.k FROM (SELECT {b} FROM {a}() AS f) AS s (k);
ALTER TABLE {a} ADD {e} text;
ALTER TABLE {a} RENAME {c} TO {f};
--- views with values in every place
CREATE TABLE {a} ({b} integer, {c} text);
CREATE VIEW {b} AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW {c} AS SELECT * FROM (VALUES (1, 'a'::varchar), (2, '( VALUES')) AS v (x, y);
CREATE VIEW {d} AS SELECT {b} FROM {a} WHERE {b} IN (VALUES (1), (2)) AND ({b}, {c}) = ANY (VALUES (1, 'x'));
CREATE VIEW {e} AS VALUES (1) UNION ALL (VALUES (2), (3) ORDER BY 1 LIMIT 1);
CREATE VIEW {f} AS WITH w (n) AS (VALUES (1), (2)) SELECT n, (VALUES (7)) AS seven FROM w;
CREATE VIEW {g} (p, q) AS VALUES (1, 'a'), (2, 'b') ORDER BY 1 LIMIT 1;
--- views with windows, frames, ordered sets and grouping
CREATE TABLE {a} ({b} integer, {c} varchar(7), {d} numeric, {e} timestamptz);
CREATE VIEW {b} AS SELECT {c}, percentile_cont(0.5) WITHIN GROUP (ORDER BY {d}) AS p, mode() WITHIN GROUP (ORDER BY {c} DESC) AS m, rank(5) WITHIN GROUP (ORDER BY {b}) FILTER (WHERE {b} > 0) AS r FROM {a} GROUP BY 1;
CREATE VIEW {c} AS SELECT sum({d}) OVER (ORDER BY {e} RANGE BETWEEN '1 day' PRECEDING AND '10 days' FOLLOWING) AS s, first_value({c}) OVER (w ROWS UNBOUNDED PRECEDING) AS f, count(*) OVER () AS n, ntile(4) OVER (ORDER BY {b} GROUPS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS t FROM {a} WINDOW w AS (PARTITION BY {c} ORDER BY {b} DESC NULLS LAST);
CREATE VIEW {d} AS SELECT {c}, {b} + 1 AS n, count(*) FROM {a} GROUP BY CUBE ({c}, ({b} + 1)), {e} HAVING grouping({c}) = 0;
CREATE VIEW {e} AS SELECT DISTINCT {c} COLLATE "C" AS c, {b} FROM {a} ORDER BY c USING <, {b} NULLS FIRST FETCH FIRST 3 ROWS WITH TIES;
CREATE VIEW {f} AS SELECT CASE WHEN {b} IN (1, 2) THEN 'low' WHEN {b} BETWEEN 3 AND 4 THEN {c} ELSE NULL END AS c, COALESCE({c}, 'none') AS d, NULLIF({b}, 0) AS e, {d}::numeric(5, 1)::text AS g, {e}::date - 7 AS h, extract(epoch FROM {e}) AS i, {e} AT TIME ZONE 'UTC' AS j, overlay({c} PLACING 'x' FROM 1) AS k, substring({c} FROM 2) AS l, position('x' IN {c}) AS m, trim(leading 'x' FROM {c}) AS o, ({b}, {c}) IN ((1, 'a'), (2, 'b')) AS p, {c} IN ('a', 'b') AND {c} NOT IN ('c') AS q, {c} SIMILAR TO '%x' AS r, {b} IS DISTINCT FROM 1 AS s, (ARRAY[{b}, 1])[1] AS t, ROW({a}.*) IS NULL AS u FROM {a};
--- views with grouped subqueries in conditions | 16
CREATE TABLE {a} ({b} integer, {c} jsonb);
CREATE VIEW {d} AS SELECT any_value({b}) AS a, json_arrayagg({b} ORDER BY {b} ABSENT ON NULL) AS j, json_objectagg('k' : {b}) AS o, {c} IS JSON OBJECT WITH UNIQUE KEYS AS k FROM {a} GROUP BY {c};
--- views with the functions of SQL/JSON | 17
CREATE TABLE {a} ({b} jsonb);
CREATE VIEW {c} AS SELECT json_value({b}, '$.a' RETURNING integer DEFAULT 0 ON EMPTY) AS v, json_query({b}, '$.b' WITH WRAPPER) AS q, json_exists({b}, '$.c ? (@ > $x)' PASSING 1 AS x) AS e, jt.* FROM {a}, json_table({b}, '$[*]' COLUMNS (id FOR ORDINALITY, n integer PATH '$.n', NESTED PATH '$.k[*]' COLUMNS (k text PATH '$'))) AS jt;
