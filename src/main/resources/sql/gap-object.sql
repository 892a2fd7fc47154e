-- The statements that make one object as it stands in the current database, in the order to run them:
-- a table, a view, a column, a constraint, an index, a type, a function of whatever arguments, an
-- extension or a schema. What it needs of types, functions, sequences and extensions they make as
-- well; the tables that a foreign key or a view names they do not.
-- Columns: part (need, make or finish: without what it makes there is no object, and what is needed
--          may be there already); statement; undo, which takes away what the statement made, or null;
--          kind, schema, name and arguments of what is needed, where it has a name of its own.
-- Parameters: kind; schema; relation, for what is inside one; name; names of columns of a table to
-- leave out, as an array; the same of constraints and indexes.
-- PostgreSQL 13 and newer; the kind of a generated column, which came later, is read by way of JSON.
WITH RECURSIVE asked AS MATERIALIZED (
  SELECT ?::text AS kind, ?::text AS schema, ?::text AS relation, ?::text AS name,
         ?::text[] AS columns, ?::text[] AS others
), relation AS MATERIALIZED (
  SELECT c.oid, c.relkind, n.nspname, format('%I.%I', n.nspname, c.relname) AS name, a.kind AS asked
  FROM asked a
  JOIN pg_namespace n ON n.nspname = a.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm')
    AND c.relname = CASE WHEN a.kind IN ('column', 'constraint') THEN a.relation
                         WHEN a.kind = 'table' THEN a.name END
), wanted AS MATERIALIZED (
  SELECT a.*, r.name AS relation, pg_get_expr(d.adbin, d.adrelid) AS value, d.oid AS value_oid,
         to_jsonb(a) ->> 'attgenerated' AS generated
  FROM asked
  CROSS JOIN relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE r.relkind IN ('r', 'p')
    AND CASE asked.kind WHEN 'table' THEN a.attname <> ALL (asked.columns)
                        WHEN 'column' THEN a.attname = asked.name
                        ELSE false END
), constraints AS MATERIALIZED (
  SELECT k.oid, k.conname, k.contype, pg_get_constraintdef(k.oid) AS definition
  FROM asked
  CROSS JOIN relation r
  JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('p', 'u', 'c', 'x', 'f')
  WHERE CASE asked.kind WHEN 'table' THEN k.conname <> ALL (asked.others)
                        WHEN 'constraint' THEN k.conname = asked.name
                        ELSE false END
), indexes AS MATERIALIZED (
  SELECT c.oid, c.relname, pg_get_indexdef(c.oid) AS definition
  FROM asked
  JOIN relation r ON asked.kind = 'table'
  JOIN pg_index i ON i.indrelid = r.oid
  JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relname <> ALL (asked.others)
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  UNION ALL
  SELECT c.oid, c.relname, pg_get_indexdef(c.oid)
  FROM asked
  JOIN pg_namespace n ON n.nspname = asked.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name AND c.relkind IN ('i', 'I')
  WHERE asked.kind = 'index'
), itself AS MATERIALIZED (
  SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid
  FROM asked
  JOIN pg_namespace n ON n.nspname = asked.schema
  JOIN pg_type t ON t.typnamespace = n.oid AND t.typname = asked.name
  WHERE asked.kind = 'type'
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid
  FROM asked
  JOIN pg_namespace n ON n.nspname = asked.schema
  JOIN pg_proc p ON p.pronamespace = n.oid AND p.proname = asked.name
  WHERE asked.kind = 'function'
), depending AS MATERIALIZED (
  SELECT 'pg_class'::regclass::oid AS classid, w.attrelid AS objid, w.attnum::integer AS part
  FROM wanted w
  UNION ALL
  SELECT 'pg_attrdef'::regclass, w.value_oid, 0 FROM wanted w WHERE w.value_oid IS NOT NULL
  UNION ALL
  SELECT 'pg_constraint'::regclass, k.oid, 0 FROM constraints k
  UNION ALL
  SELECT 'pg_class'::regclass, i.oid, 0 FROM indexes i
  UNION ALL
  SELECT 'pg_rewrite'::regclass, w.oid, 0
  FROM relation r
  JOIN pg_rewrite w ON w.ev_class = r.oid
  WHERE r.asked = 'table' AND r.relkind IN ('v', 'm')
), needed (classid, objid) AS (
  SELECT classid, objid FROM itself
  UNION
  SELECT d.refclassid, d.refobjid
  FROM depending n
  JOIN pg_depend d ON d.classid = n.classid AND d.objid = n.objid AND d.objsubid = n.part
  UNION
  -- On from a type or a function: an array's element, a domain's base type and checks, a composite
  -- type's columns, a function's arguments.
  SELECT d.refclassid, d.refobjid
  FROM needed n
  CROSS JOIN LATERAL (
    SELECT n.classid, n.objid
    UNION ALL
    SELECT 'pg_class'::regclass, t.typrelid
    FROM pg_type t
    WHERE n.classid = 'pg_type'::regclass AND t.oid = n.objid AND t.typrelid <> 0
    UNION ALL
    SELECT 'pg_constraint'::regclass, k.oid
    FROM pg_constraint k
    WHERE n.classid = 'pg_type'::regclass AND k.contypid = n.objid) via (classid, objid)
  JOIN pg_depend d ON d.classid = via.classid AND d.objid = via.objid
  WHERE n.classid IN ('pg_type'::regclass, 'pg_proc'::regclass, 'pg_opclass'::regclass)
    AND d.refobjid >= 16384
), member AS MATERIALIZED (
  SELECT n.classid, n.objid, e.refobjid AS extension
  FROM needed n
  JOIN pg_depend e ON e.classid = n.classid AND e.objid = n.objid AND e.deptype = 'e'
    AND e.refclassid = 'pg_extension'::regclass
), extension AS MATERIALIZED (
  SELECT e.extname, n.nspname,
         asked.kind = 'extension' OR EXISTS (
           SELECT FROM itself i JOIN member m USING (classid, objid) WHERE m.extension = e.oid)
           AS is_asked
  FROM asked
  CROSS JOIN pg_extension e
  JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.oid IN (SELECT m.extension FROM member m)
     OR (asked.kind = 'extension' AND e.extname = asked.name)
), own AS MATERIALIZED (
  SELECT n.classid, n.objid,
         EXISTS (SELECT FROM itself i WHERE i.classid = n.classid AND i.objid = n.objid) AS is_asked
  FROM needed n
  WHERE n.objid >= 16384
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = n.classid AND m.objid = n.objid)
), type AS MATERIALIZED (
  SELECT t.*, n.nspname, format('%I.%I', n.nspname, t.typname) AS name, o.is_asked
  FROM own o
  JOIN pg_type t ON t.oid = o.objid
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE o.classid = 'pg_type'::regclass AND (t.typtype IN ('e', 'd') OR c.relkind = 'c')
), function AS MATERIALIZED (
  SELECT p.proname, n.nspname, o.is_asked, oidvectortypes(p.proargtypes) AS arguments,
         pg_get_functiondef(p.oid) AS definition,
         format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS name
  FROM own o
  JOIN pg_proc p ON p.oid = o.objid AND p.prokind IN ('f', 'p')
  JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE o.classid = 'pg_proc'::regclass
), sequence AS MATERIALIZED (
  SELECT DISTINCT s.*, c.relname, n.nspname, format('%I.%I', n.nspname, c.relname) AS name,
                  w.relation, w.attname,
                  EXISTS (
                    SELECT FROM pg_depend o
                    WHERE o.classid = 'pg_class'::regclass AND o.objid = s.seqrelid
                      AND o.refobjid = w.attrelid AND o.deptype = 'a') AS owned
  FROM wanted w
  JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = w.value_oid
    AND d.refclassid = 'pg_class'::regclass
  JOIN pg_sequence s ON s.seqrelid = d.refobjid
  JOIN pg_class c ON c.oid = s.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
), declared AS MATERIALIZED (
  SELECT w.attnum, w.relation, w.attname,
         concat_ws(' ', quote_ident(w.attname), format_type(w.atttypid, w.atttypmod),
                   (SELECT format('COLLATE %I.%I', n.nspname, c.collname)
                    FROM pg_collation c
                    JOIN pg_namespace n ON n.oid = c.collnamespace
                    JOIN pg_type t ON t.oid = w.atttypid
                    WHERE c.oid = w.attcollation AND w.attcollation <> t.typcollation),
                   CASE w.generated
                     WHEN 's' THEN format('GENERATED ALWAYS AS (%s) STORED', w.value)
                     WHEN 'v' THEN format('GENERATED ALWAYS AS (%s) VIRTUAL', w.value)
                   END,
                   CASE w.attidentity
                     WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY'
                     WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY'
                   END,
                   CASE WHEN w.attnotnull THEN 'NOT NULL' END) AS text
  FROM wanted w
), made (step, part, name, statement, undo, kind, schema, own_name, arguments) AS (
  SELECT 1, CASE WHEN asked.kind = 'schema' THEN 'make' ELSE 'need' END, s.schema::text,
         format('CREATE SCHEMA %I', s.schema), format('DROP SCHEMA %I', s.schema), 'schema', NULL::text,
         s.schema::text, NULL::text
  FROM asked
  CROSS JOIN (
    SELECT nspname FROM extension
    UNION SELECT nspname FROM type
    UNION SELECT nspname FROM function
    UNION SELECT nspname FROM sequence
    UNION SELECT nspname FROM relation WHERE asked = 'table'
    UNION SELECT n.nspname FROM pg_namespace n JOIN asked ON asked.kind = 'schema' AND asked.name = n.nspname
  ) s (schema)
  WHERE s.schema !~ '^pg_'
  UNION ALL
  SELECT 2, CASE WHEN e.is_asked THEN 'make' ELSE 'need' END, e.extname,
         format('CREATE EXTENSION %I%s CASCADE', e.extname,
                CASE WHEN e.nspname !~ '^pg_' THEN format(' SCHEMA %I', e.nspname) ELSE '' END),
         format('DROP EXTENSION %I', e.extname), 'extension', NULL, e.extname, NULL
  FROM extension e
  UNION ALL
  SELECT 3, CASE WHEN t.is_asked THEN 'make' ELSE 'need' END, t.name,
         CASE t.typtype
           WHEN 'e' THEN
             format('CREATE TYPE %s AS ENUM (%s)', t.name,
                    (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                     FROM pg_enum e WHERE e.enumtypid = t.oid))
           WHEN 'c' THEN
             format('CREATE TYPE %s AS (%s)', t.name,
                    (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)),
                                       ', ' ORDER BY a.attnum)
                     FROM pg_attribute a
                     WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
           ELSE
             concat_ws(' ', format('CREATE DOMAIN %s AS %s', t.name,
                                   format_type(t.typbasetype, t.typtypmod)),
                       'DEFAULT ' || t.typdefault,
                       CASE WHEN t.typnotnull THEN 'NOT NULL' END,
                       (SELECT string_agg(format('CONSTRAINT %I %s', k.conname,
                                                 pg_get_constraintdef(k.oid)), ' ')
                        FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
         END,
         format('DROP TYPE %s', t.name), 'type', t.nspname, t.typname, NULL
  FROM type t
  UNION ALL
  SELECT 4, CASE WHEN f.is_asked THEN 'make' ELSE 'need' END, f.name, f.definition,
         format('DROP ROUTINE %s', f.name), 'function', f.nspname, f.proname, f.arguments
  FROM function f
  UNION ALL
  SELECT 5, 'need', s.name,
         format('CREATE SEQUENCE %s AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s',
                s.name, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin,
                s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END),
         format('DROP SEQUENCE IF EXISTS %s', s.name), 'sequence', s.nspname, s.relname, NULL
  FROM sequence s
  UNION ALL
  SELECT 6, 'make', r.name,
         format('CREATE TABLE %s (%s)%s', r.name,
                (SELECT string_agg(d.text, ', ' ORDER BY d.attnum) FROM declared d),
                CASE WHEN r.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(r.oid) ELSE '' END),
         format('DROP TABLE %s CASCADE', r.name), NULL, NULL, NULL, NULL
  FROM relation r
  WHERE r.asked = 'table' AND r.relkind IN ('r', 'p')
  UNION ALL
  SELECT 6, 'make', r.name,
         format('CREATE %s %s AS %s', k.kind, r.name, pg_get_viewdef(r.oid)),
         format('DROP %s %s CASCADE', k.kind, r.name), NULL, NULL, NULL, NULL
  FROM relation r
  JOIN (VALUES ('v'::"char", 'VIEW'), ('m', 'MATERIALIZED VIEW')) k (relkind, kind) USING (relkind)
  WHERE r.asked = 'table'
  UNION ALL
  SELECT 6, 'make', d.attname, format('ALTER TABLE %s ADD COLUMN %s', d.relation, d.text),
         format('ALTER TABLE %s DROP COLUMN %I CASCADE', d.relation, d.attname),
         NULL, NULL, NULL, NULL
  FROM declared d
  JOIN asked ON asked.kind = 'column'
  UNION ALL
  SELECT 7, 'finish', w.attname,
         format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', w.relation, w.attname, w.value), NULL,
         NULL, NULL, NULL, NULL
  FROM wanted w
  WHERE w.value IS NOT NULL AND w.generated = ''
  UNION ALL
  SELECT 8, 'finish', s.name,
         format('ALTER SEQUENCE %s OWNED BY %s.%I', s.name, s.relation, s.attname), NULL,
         NULL, NULL, NULL, NULL
  FROM sequence s
  WHERE s.owned
  UNION ALL
  SELECT CASE k.contype WHEN 'f' THEN 10 ELSE 9 END,
         CASE WHEN r.asked = 'constraint' THEN 'make' ELSE 'finish' END, k.conname,
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, k.conname, k.definition),
         CASE WHEN r.asked = 'constraint'
           THEN format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', r.name, k.conname) END,
         NULL, NULL, NULL, NULL
  FROM relation r
  CROSS JOIN constraints k
  UNION ALL
  SELECT 11, CASE WHEN asked.kind = 'index' THEN 'make' ELSE 'finish' END, i.relname, i.definition,
         CASE WHEN asked.kind = 'index' THEN format('DROP INDEX %s', i.oid::regclass) END,
         NULL, NULL, NULL, NULL
  FROM asked
  CROSS JOIN indexes i
)
SELECT m.part, m.statement, m.undo, m.kind, m.schema, m.own_name, m.arguments
FROM made m
ORDER BY m.step, m.name
