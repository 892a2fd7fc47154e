-- The traits of some objects one by one, each with the statements that make, change and take it: what
-- makes one database's object like another's. A definition of catalog-definitions.sql is the sum of
-- an object's traits; to read what all of them mean see repair.graft.TraitKind.
-- Columns: classid, objid, objsubid as in pg_depend; trait; detail (tells several of one trait apart; may
--          be empty); value (two databases' traits are alike when it is); make, which brings about what is not
--          there; change, for where there is another value; take, which undoes make; each null
--          where PostgreSQL has no such statement; whether make or change writes the table anew.
-- Parameters: oids of relations, types, functions, sequences and extensions as an array; the major the
--             statements are for.
-- PostgreSQL 13 and newer: what came later is read by way of JSON.
WITH wanted AS MATERIALIZED (
  SELECT w.oid, p.major
  FROM unnest(?::oid[]) AS w (oid)
  CROSS JOIN (SELECT ?::integer) AS p (major)
), relation AS MATERIALIZED (
  SELECT c.*, w.major, n.nspname, format('%I.%I', n.nspname, c.relname) AS name,
         format('ALTER %s %I.%I ',
           CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
           n.nspname, c.relname) AS alter,
         -- Without its children, which may have a default of their own.
         format('ALTER %s %I.%I ', CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE ONLY' END,
           n.nspname, c.relname) AS alter_only
  FROM wanted w
  JOIN pg_class c ON c.oid = w.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
), sequence AS MATERIALIZED (
  SELECT s.seqrelid AS oid, s.seqmin, s.seqmax, s.seqincrement, c.relpersistence,
         format('%I.%I', n.nspname, c.relname) AS name,
         format('AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %sCYCLE',
           format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,
           CASE WHEN s.seqcycle THEN '' ELSE 'NO ' END) AS options,
         format('(SEQUENCE NAME %I.%I START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
           n.nspname, c.relname, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
           CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS identity_options
  FROM pg_sequence s
  JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
), owned AS MATERIALIZED (
  SELECT s.*, d.refobjid AS attrelid, d.refobjsubid AS attnum, d.deptype
  FROM pg_depend d
  JOIN sequence s ON s.oid = d.objid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
), attribute AS MATERIALIZED (
  SELECT a.attrelid, a.attnum, a.attname, quote_ident(a.attname) AS name, a.attnotnull, a.attislocal,
         a.attstorage, t.typstorage, a.attoptions, t.typcategory,
         r.relkind, r.relispartition, r.name AS relation, r.alter, r.alter_only, r.major,
         format_type(a.atttypid, a.atttypmod) AS type,
         CASE WHEN a.attcollation <> t.typcollation
           THEN format(' COLLATE %I.%I', ln.nspname, l.collname) ELSE '' END AS own_collation,
         coalesce((SELECT format(' OPTIONS (%s)',
                     string_agg(format('%I %L', split_part(v, '=', 1), substr(v, strpos(v, '=') + 1)), ', ' ORDER BY v COLLATE "C"))
                   FROM unnest(a.attfdwoptions) AS v HAVING count(*) > 0), '') AS own_options,
         coalesce(to_jsonb(a) ->> 'attcompression', '') AS compression,
         coalesce(to_jsonb(a) ->> 'attstattarget', '-1') AS statistics,
         CASE WHEN r.relispartition THEN '' ELSE a.attidentity END AS identity,
         a.attgenerated AS generated,
         pg_get_expr(d.adbin, d.adrelid) AS expression,
         k.conname AS constraint_name,
         k.conname IS NOT NULL AND (r.major >= 18 AND NOT coalesce((to_jsonb(k) ->> 'convalidated')::boolean, true)) AS unproven,
         -- Only newer servers keep the name and reach of NOT NULL.
         k.oid IS NOT NULL AND r.major >= 18
           AND (k.conname <> concat_ws('_', r.relname, a.attname, 'not_null') OR k.connoinherit OR NOT k.convalidated) AS named,
         CASE WHEN k.connoinherit THEN ' NO INHERIT' ELSE '' END AS reach,
         -- A default is computed for each row when one of its functions may answer otherwise each time.
         a.attidentity <> '' OR a.attgenerated = 's'
           OR d.adbin::text LIKE '%{NEXTVALEXPR%'
           OR EXISTS (
             SELECT FROM regexp_matches(d.adbin::text, ':(|op)funcid (\d+)', 'g') AS f (id)
             JOIN pg_proc p ON p.oid = f.id[2]::oid AND p.provolatile = 'v')
           OR (t.typtype = 'd' AND EXISTS (
             SELECT FROM pg_constraint dk WHERE dk.contypid = t.oid)) AS computed
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum
), piece AS MATERIALIZED (
  SELECT a.*,
         concat(a.name, ' ', a.type, a.own_options, a.own_collation,
           CASE a.generated
             WHEN 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', a.expression)
             WHEN 'v' THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', a.expression)
             ELSE ' DEFAULT ' || a.expression END,
           CASE a.identity
             WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY ' || o.identity_options
             WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY ' || o.identity_options END) AS column_text,
         o.identity_options
  FROM attribute a
  LEFT JOIN owned o ON o.attrelid = a.attrelid AND o.attnum = a.attnum AND o.deptype = 'i'
), parent AS MATERIALIZED (
  SELECT h.inhrelid, format('%I.%I', n.nspname, c.relname) AS name, h.inhseqno
  FROM pg_inherits h
  JOIN pg_class c ON c.oid = h.inhparent
  JOIN pg_namespace n ON n.oid = c.relnamespace
), domain AS MATERIALIZED (
  SELECT t.*, format('ALTER DOMAIN %I.%I ', n.nspname, t.typname) AS alter
  FROM wanted w
  JOIN pg_type t ON t.oid = w.oid AND t.typtype = 'd'
  JOIN pg_namespace n ON n.oid = t.typnamespace
), function AS MATERIALIZED (
  SELECT p.*, n.nspname,
         p.prolang = 14 AND to_jsonb(p) ->> 'prosqlbody' IS NOT NULL AS atomic
  FROM wanted w
  JOIN pg_proc p ON p.oid = w.oid
  JOIN pg_namespace n ON n.oid = p.pronamespace
)
-- columns
SELECT 'pg_class'::regclass::oid AS classid, p.attrelid AS objid, p.attnum::integer AS objsubid, 'column' AS trait,
       '' AS detail,
       CASE WHEN p.attislocal THEN 'local' ELSE 'inherited' END AS value,
       concat(p.alter, 'ADD COLUMN ', p.column_text,
         CASE WHEN p.attnotnull AND NOT p.unproven THEN
           CASE WHEN p.named THEN format(' CONSTRAINT %I NOT NULL%s', p.constraint_name, p.reach) ELSE ' NOT NULL' END
         END) AS make,
       NULL AS change,
       concat(p.alter, 'DROP COLUMN ', p.name) AS take,
       p.computed AS rewrites
FROM piece p
WHERE p.relkind IN ('r', 'p', 'f')
UNION ALL
-- to be filled by a change that ends with an expression
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'nullable column', '', '',
       concat(p.alter, 'ADD COLUMN ', p.column_text),
       concat(p.alter, 'ALTER COLUMN ', p.name, ' TYPE ', p.type, p.own_collation, ' USING '), NULL, p.computed
FROM piece p
WHERE p.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'type', '', p.type || p.own_collation, NULL,
       concat(p.alter, 'ALTER COLUMN ', p.name, ' TYPE ', p.type, p.own_collation,
         CASE WHEN p.relkind <> 'f' THEN format(' USING %s::%s', p.name, p.type) END),
       NULL, p.relkind <> 'f'
FROM piece p
WHERE p.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'column options', '', p.own_options, NULL, NULL, NULL, false
FROM piece p
WHERE p.own_options <> ''
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'default', '', p.expression,
       concat(p.alter_only, 'ALTER COLUMN ', p.name, ' SET DEFAULT ', p.expression),
       concat(p.alter_only, 'ALTER COLUMN ', p.name, ' SET DEFAULT ', p.expression),
       concat(p.alter_only, 'ALTER COLUMN ', p.name, ' DROP DEFAULT'), false
FROM piece p
WHERE p.relkind IN ('r', 'p', 'f') AND p.generated = '' AND p.expression IS NOT NULL
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'no default', '', '',
       concat(p.alter_only, 'ALTER COLUMN ', p.name, ' DROP DEFAULT'), NULL, NULL, false
FROM piece p
WHERE p.relkind IN ('r', 'p', 'f') AND p.generated = '' AND p.expression IS NULL
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'generated', '', p.generated::text || ' ' || p.expression, NULL,
       CASE WHEN p.major >= 17 THEN
         concat(p.alter, 'ALTER COLUMN ', p.name, ' SET EXPRESSION AS (', p.expression, ')') END,
       CASE p.generated WHEN 's' THEN concat(p.alter, 'ALTER COLUMN ', p.name, ' DROP EXPRESSION') END,
       p.generated = 's'
FROM piece p
WHERE p.generated <> ''
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'identity', '',
       CASE p.identity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
       concat(p.alter, 'ALTER COLUMN ', p.name, ' ADD GENERATED ',
         CASE p.identity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, ' AS IDENTITY ', p.identity_options),
       concat(p.alter, 'ALTER COLUMN ', p.name, ' SET GENERATED ',
         CASE p.identity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END),
       concat(p.alter, 'ALTER COLUMN ', p.name, ' DROP IDENTITY'), false
FROM piece p
WHERE p.identity <> ''
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'not null', '', CASE WHEN p.unproven THEN 'not valid' ELSE '' END,
       CASE WHEN p.named THEN
         format('%sADD CONSTRAINT %I NOT NULL %s%s%s', p.alter, p.constraint_name, p.name, p.reach,
           CASE WHEN p.unproven THEN ' NOT VALID' ELSE '' END)
       ELSE concat(p.alter, 'ALTER COLUMN ', p.name, ' SET NOT NULL') END,
       CASE WHEN NOT p.unproven AND p.constraint_name IS NOT NULL THEN
         format('%sVALIDATE CONSTRAINT %I', p.alter, p.constraint_name) END,
       concat(p.alter, 'ALTER COLUMN ', p.name, ' DROP NOT NULL'), false
FROM piece p
WHERE p.relkind IN ('r', 'p', 'f') AND p.attnotnull
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'sequence', o.name, o.options,
       CASE o.deptype WHEN 'a' THEN
         format('CREATE %sSEQUENCE IF NOT EXISTS %s %s',
           CASE WHEN o.relpersistence = 'u' AND p.major >= 15 THEN 'UNLOGGED ' ELSE '' END, o.name, o.options) END,
       format('ALTER SEQUENCE %s %s', o.name, o.options),
       CASE o.deptype WHEN 'a' THEN format('ALTER SEQUENCE %s OWNED BY NONE', o.name) END, false
FROM piece p
JOIN owned o ON o.attrelid = p.attrelid AND o.attnum = p.attnum
WHERE NOT (o.deptype = 'i' AND p.identity = '')
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'sequence owner', o.name, '',
       format('ALTER SEQUENCE %s OWNED BY %s.%s', o.name, p.relation, p.name), NULL, NULL, false
FROM piece p
JOIN owned o ON o.attrelid = p.attrelid AND o.attnum = p.attnum
WHERE o.deptype = 'a'
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'position', s.name, '',
       CASE WHEN s.seqincrement > 0 THEN
         format('SELECT pg_catalog.setval(%1$L, max(%2$s)) FROM %3$s HAVING max(%2$s) BETWEEN %4$s AND %5$s', s.name, p.name, p.relation, s.seqmin, s.seqmax)
       ELSE
         format('SELECT pg_catalog.setval(%1$L, min(%2$s)) FROM %3$s HAVING min(%2$s) BETWEEN %4$s AND %5$s', s.name, p.name, p.relation, s.seqmin, s.seqmax)
       END,
       NULL, NULL, false
FROM piece p
JOIN (
  SELECT o.attrelid, o.attnum, o.oid FROM owned o
  UNION
  SELECT d.adrelid, d.adnum, u.refobjid
  FROM pg_attrdef d
  JOIN pg_depend u ON u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid AND u.refclassid = 'pg_class'::regclass) q
  ON q.attrelid = p.attrelid AND q.attnum = p.attnum
JOIN sequence s ON s.oid = q.oid
WHERE p.typcategory = 'N' AND p.relkind IN ('r', 'p')
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, p.attnum, 'setting', x.word, '',
       concat(p.alter_only, 'ALTER COLUMN ', p.name, ' SET ', x.word, ' ', x.value), NULL, NULL, false
FROM piece p
CROSS JOIN LATERAL (
  VALUES ('STORAGE', CASE WHEN p.attstorage <> p.typstorage THEN
            CASE p.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END),
         ('COMPRESSION', CASE p.compression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
         ('STATISTICS', CASE WHEN p.statistics <> '-1' THEN p.statistics END),
         ('', (SELECT format('(%s)', string_agg(format('%I=%L', split_part(v, '=', 1), substr(v, strpos(v, '=') + 1)), ', '))
               FROM unnest(p.attoptions) AS v HAVING count(*) > 0))) AS x (word, value)
WHERE p.relkind IN ('r', 'p') AND x.value IS NOT NULL
-- tables
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'persistence', '', CASE r.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'logged' END,
       NULL,
       CASE WHEN r.relkind = 'r' THEN
         r.alter || CASE r.relpersistence WHEN 'u' THEN 'SET UNLOGGED' ELSE 'SET LOGGED' END END, NULL, true
FROM relation r
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'kind', '',
       concat(r.relkind, CASE r.relkind WHEN 'p' THEN ' by ' || pg_get_partkeydef(r.oid) END,
         (SELECT format(' server %I', fs.srvname)
            || coalesce((SELECT format(' options (%s)', string_agg(o, ', ' ORDER BY o COLLATE "C"))
                         FROM unnest(ft.ftoptions) AS o HAVING count(*) > 0), '')
          FROM pg_foreign_table ft
          JOIN pg_foreign_server fs ON fs.oid = ft.ftserver
          WHERE ft.ftrelid = r.oid)),
       NULL, NULL, NULL, false
FROM relation r
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'of type', '', format_type(r.reloftype, NULL),
       r.alter || 'OF ' || format_type(r.reloftype, NULL), r.alter || 'OF ' || format_type(r.reloftype, NULL),
       r.alter || 'NOT OF', false
FROM relation r
WHERE r.reloftype <> 0
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, CASE WHEN r.relispartition THEN 'partition of' ELSE 'inherits' END, p.name,
       CASE WHEN r.relispartition THEN pg_get_expr(r.relpartbound, r.oid) ELSE '' END,
       CASE WHEN r.relispartition
         THEN format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s', p.name, r.name, pg_get_expr(r.relpartbound, r.oid))
         ELSE r.alter || 'INHERIT ' || p.name END,
       NULL,
       CASE WHEN r.relispartition
         THEN format('ALTER TABLE %s DETACH PARTITION %s', p.name, r.name)
         ELSE r.alter || 'NO INHERIT ' || p.name END, false
FROM relation r
JOIN parent p ON p.inhrelid = r.oid
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'like parent', p.name, '',
       concat('CREATE ', CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, 'TABLE ', r.name,
         ' (LIKE ', p.name, ' INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE)',
         CASE r.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(r.oid) END,
         (SELECT format(' WITH (%s)', string_agg(format('%s=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), ', '))
          FROM unnest(r.reloptions) AS o HAVING count(*) > 0)), NULL, NULL, false
FROM relation r
JOIN parent p ON p.inhrelid = r.oid
WHERE r.relispartition AND r.relkind IN ('r', 'p')
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'row security', '', '', r.alter || 'ENABLE ROW LEVEL SECURITY', NULL,
       r.alter || 'DISABLE ROW LEVEL SECURITY', false
FROM relation r
WHERE r.relrowsecurity
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'forced row security', '', '', r.alter || 'FORCE ROW LEVEL SECURITY', NULL,
       r.alter || 'NO FORCE ROW LEVEL SECURITY', false
FROM relation r
WHERE r.relforcerowsecurity
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'replica identity', '', x.value, NULL,
       r.alter_only || 'REPLICA IDENTITY ' || x.value, NULL, false
FROM relation r
CROSS JOIN LATERAL (
  SELECT CASE r.relreplident WHEN 'd' THEN 'DEFAULT' WHEN 'f' THEN 'FULL'
           WHEN 'i' THEN coalesce(
             (SELECT format('USING INDEX %I', c.relname)
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
              WHERE i.indrelid = r.oid AND i.indisreplident), 'NOTHING')
           ELSE 'NOTHING' END AS value) x
WHERE r.relkind IN ('r', 'p', 'm')
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'rule', w.rulename, pg_get_ruledef(w.oid),
       trim(trailing ';' FROM pg_get_ruledef(w.oid)), NULL, format('DROP RULE %I ON %s', w.rulename, r.name), false
FROM relation r
JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'rule state', w.rulename, w.ev_enabled::text, NULL,
       format('ALTER TABLE %s %s RULE %I', r.name,
         CASE w.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END,
         w.rulename), NULL, false
FROM relation r
JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
-- views
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'view columns', '',
       (SELECT coalesce(string_agg(format('%I %s%s, ', a.attname, a.type, a.own_collation), '' ORDER BY a.attnum), '')
        FROM attribute a WHERE a.attrelid = r.oid), NULL, NULL, NULL, false
FROM relation r
WHERE r.relkind = 'v'
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'view', '', x.options || x.body, NULL,
       format('CREATE OR REPLACE VIEW %s%s AS%s%s', r.name, x.options, E'\n', x.body), NULL, false
FROM relation r
CROSS JOIN LATERAL (
  SELECT trim(trailing ';' FROM pg_get_viewdef(r.oid)) AS body,
         coalesce((SELECT format(' WITH (%s)', string_agg(o, ', ' ORDER BY o COLLATE "C"))
                   FROM unnest(r.reloptions) AS o HAVING count(*) > 0), '') AS options) x
WHERE r.relkind = 'v'
UNION ALL
SELECT 'pg_class'::regclass, r.oid, 0, 'definition', '', pg_get_viewdef(r.oid), NULL, NULL, NULL, false
FROM relation r
WHERE r.relkind = 'm'
UNION ALL
SELECT 'pg_class'::regclass, p.attrelid, 0, 'view default', p.attname, p.expression,
       concat(p.alter, 'ALTER COLUMN ', p.name, ' SET DEFAULT ', p.expression),
       concat(p.alter, 'ALTER COLUMN ', p.name, ' SET DEFAULT ', p.expression),
       concat(p.alter, 'ALTER COLUMN ', p.name, ' DROP DEFAULT'), false
FROM piece p
WHERE p.relkind = 'v' AND p.expression IS NOT NULL
-- what lives in relations
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, 0, 'definition', '', replace(pg_get_constraintdef(k.oid), ' NOT VALID', ''),
       format('%sADD CONSTRAINT %I %s', r.alter, k.conname, pg_get_constraintdef(k.oid)), NULL, NULL, false
FROM relation r
JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('c', 'f', 'p', 'u', 'x')
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, 0, 'validated', '', '', format('%sVALIDATE CONSTRAINT %I', r.alter, k.conname),
       NULL, NULL, false
FROM relation r
JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('c', 'f') AND k.convalidated
UNION ALL
SELECT 'pg_class'::regclass, i.indexrelid, 0, 'definition', '',
       pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END, NULL, NULL, NULL, false
FROM relation r
JOIN pg_index i ON i.indrelid = r.oid
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0, 'definition', '', pg_get_triggerdef(t.oid), NULL, NULL, NULL, false
FROM relation r
JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0, 'state', '', t.tgenabled::text, NULL,
       format('ALTER TABLE %s %s TRIGGER %I', r.name,
         CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END,
         t.tgname), NULL, false
FROM relation r
JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
-- what stands alone
UNION ALL
SELECT 'pg_class'::regclass, s.oid, 0, 'sequence', '', s.options, NULL,
       format('ALTER SEQUENCE %s %s', s.name, s.options), NULL, false
FROM wanted w
JOIN sequence s ON s.oid = w.oid
UNION ALL
SELECT 'pg_class'::regclass, s.oid, 0, 'persistence', '', CASE s.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'logged' END,
       NULL,
       CASE WHEN w.major >= 15 THEN
         format('ALTER SEQUENCE %s SET %s', s.name, CASE s.relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END) END,
       NULL, false
FROM wanted w
JOIN sequence s ON s.oid = w.oid
UNION ALL
SELECT 'pg_extension'::regclass, x.oid, 0, 'schema', '', n.nspname, NULL,
       format('ALTER EXTENSION %I SET SCHEMA %I', x.extname, n.nspname), NULL, false
FROM wanted w
JOIN pg_extension x ON x.oid = w.oid
JOIN pg_namespace n ON n.oid = x.extnamespace
UNION ALL
SELECT 'pg_proc'::regclass, f.oid, 0, 'signature', '',
       concat(f.prokind, ' ', pg_get_function_identity_arguments(f.oid), ' returns ', pg_get_function_result(f.oid)),
       NULL, NULL, NULL, false
FROM function f
UNION ALL
SELECT 'pg_proc'::regclass, f.oid, 0, 'defaults', '', f.pronargdefaults::text, NULL, NULL, NULL, false
FROM function f
UNION ALL
SELECT 'pg_proc'::regclass, f.oid, 0, 'function', '', pg_get_functiondef(f.oid), NULL,
       trim(trailing E'\n' FROM pg_get_functiondef(f.oid)), NULL, false
FROM function f
WHERE f.prokind <> 'a'
UNION ALL
SELECT 'pg_proc'::regclass, f.oid, 0, 'definition', '', row(g.*)::text, NULL, NULL, NULL, false
FROM function f
JOIN pg_aggregate g ON g.aggfnoid = f.oid
-- types
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'kind', '',
       concat(t.typtype, CASE t.typtype WHEN 'd' THEN
         concat(' ', format_type(t.typbasetype, t.typtypmod),
           (SELECT format(' COLLATE %I.%I', ln.nspname, l.collname)
            FROM pg_type b, pg_collation l
            JOIN pg_namespace ln ON ln.oid = l.collnamespace
            WHERE b.oid = t.typbasetype AND l.oid = t.typcollation AND t.typcollation <> b.typcollation)) END),
       NULL, NULL, NULL, false
FROM wanted w
JOIN pg_type t ON t.oid = w.oid
UNION ALL
SELECT 'pg_type'::regclass, d.oid, 0, 'default', '', x.expression, d.alter || 'SET DEFAULT ' || x.expression,
       d.alter || 'SET DEFAULT ' || x.expression, d.alter || 'DROP DEFAULT', false
FROM domain d
CROSS JOIN LATERAL (SELECT pg_get_expr(d.typdefaultbin, 0) AS expression) x
WHERE d.typdefaultbin IS NOT NULL
UNION ALL
SELECT 'pg_type'::regclass, d.oid, 0, 'not null', '', '', d.alter || 'SET NOT NULL', NULL, d.alter || 'DROP NOT NULL', false
FROM domain d
WHERE d.typnotnull
UNION ALL
SELECT 'pg_type'::regclass, d.oid, 0, 'constraint', k.conname, pg_get_constraintdef(k.oid),
       format('%sADD CONSTRAINT %I %s', d.alter, k.conname, pg_get_constraintdef(k.oid)), NULL,
       format('%sDROP CONSTRAINT %I', d.alter, k.conname), false
FROM domain d
JOIN pg_constraint k ON k.contypid = d.oid AND k.contype = 'c'
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'label', lpad(row_number() OVER (PARTITION BY t.oid ORDER BY v.enumsortorder)::text, 9, '0'),
       quote_literal(v.enumlabel), format('ALTER TYPE %I.%I ADD VALUE %L', n.nspname, t.typname, v.enumlabel),
       NULL, NULL, false
FROM wanted w
JOIN pg_type t ON t.oid = w.oid
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_enum v ON v.enumtypid = t.oid
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'attribute', lpad(row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum)::text, 9, '0'),
       concat(quote_ident(a.attname), ' ', x.type),
       format('ALTER TYPE %I.%I ADD ATTRIBUTE %I %s', n.nspname, t.typname, a.attname, x.type), NULL,
       format('ALTER TYPE %I.%I DROP ATTRIBUTE %I', n.nspname, t.typname, a.attname), false
FROM wanted w
JOIN pg_type t ON t.oid = w.oid
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type u ON u.oid = a.atttypid
CROSS JOIN LATERAL (
  SELECT format_type(a.atttypid, a.atttypmod)
    || coalesce((SELECT format(' COLLATE %I.%I', ln.nspname, l.collname)
                 FROM pg_collation l JOIN pg_namespace ln ON ln.oid = l.collnamespace
                 WHERE l.oid = a.attcollation AND a.attcollation <> u.typcollation), '') AS type) x
