-- The statements that make one relation as it stands in the current database, in the order to run them.
-- What else they need (a type of an extension, the table a foreign key points at) they do not make.
-- Columns: statement; undo, which takes away what the statement made, or null; whether it makes the
-- relation itself.
-- Parameters: schema; name; names of columns to leave out, as an array; the same of constraints and
-- indexes.
-- PostgreSQL 13 and newer; the kind of a generated column, which came later, is read by way of JSON.
WITH relation AS MATERIALIZED (
  SELECT c.oid, c.relkind, n.nspname, format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm')
), wanted AS MATERIALIZED (
  SELECT a.*, r.name AS relation, pg_get_expr(d.adbin, d.adrelid) AS value, d.oid AS value_oid,
         to_jsonb(a) ->> 'attgenerated' AS generated
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE r.relkind IN ('r', 'p') AND a.attname <> ALL (?::text[])
), type AS MATERIALIZED (
  SELECT DISTINCT t.oid, t.typtype, format('%I.%I', n.nspname, t.typname) AS name, t.typbasetype,
                  t.typtypmod, t.typnotnull, t.typdefault
  FROM wanted w
  JOIN pg_type u ON u.oid = w.atttypid
  JOIN pg_type t ON t.oid = CASE WHEN u.typcategory = 'A' THEN u.typelem ELSE u.oid END
  JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd')
    AND NOT EXISTS (
      SELECT FROM pg_depend e
      WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')
), sequence AS MATERIALIZED (
  SELECT DISTINCT s.*, format('%I.%I', n.nspname, c.relname) AS name, w.relation, w.attname,
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
), made AS (
  SELECT 1 AS step, '' AS name, format('CREATE SCHEMA IF NOT EXISTS %I', r.nspname) AS statement,
         NULL AS undo
  FROM relation r
  UNION ALL
  SELECT 2, t.name,
         format('CREATE TYPE %s AS ENUM (%s)', t.name,
                (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                 FROM pg_enum e WHERE e.enumtypid = t.oid)),
         format('DROP TYPE %s', t.name)
  FROM type t
  WHERE t.typtype = 'e'
  UNION ALL
  SELECT 3, t.name,
         concat_ws(' ', format('CREATE DOMAIN %s AS %s', t.name,
                               format_type(t.typbasetype, t.typtypmod)),
                   'DEFAULT ' || t.typdefault,
                   CASE WHEN t.typnotnull THEN 'NOT NULL' END,
                   (SELECT string_agg(format('CONSTRAINT %I %s', k.conname,
                                             pg_get_constraintdef(k.oid)), ' ')
                    FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')),
         format('DROP DOMAIN %s', t.name)
  FROM type t
  WHERE t.typtype = 'd'
  UNION ALL
  SELECT 4, s.name,
         format('CREATE SEQUENCE %s AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s',
                s.name, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin,
                s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END),
         format('DROP SEQUENCE IF EXISTS %s', s.name)
  FROM sequence s
  UNION ALL
  SELECT 5, r.name,
         format('CREATE TABLE %s (%s)%s', r.name,
                (SELECT string_agg(
                          concat_ws(' ', quote_ident(w.attname),
                                    format_type(w.atttypid, w.atttypmod),
                                    (SELECT format('COLLATE %I.%I', n.nspname, c.collname)
                                     FROM pg_collation c
                                     JOIN pg_namespace n ON n.oid = c.collnamespace
                                     JOIN pg_type t ON t.oid = w.atttypid
                                     WHERE c.oid = w.attcollation
                                       AND w.attcollation <> t.typcollation),
                                    CASE w.generated
                                      WHEN 's' THEN format('GENERATED ALWAYS AS (%s) STORED', w.value)
                                      WHEN 'v' THEN format('GENERATED ALWAYS AS (%s) VIRTUAL', w.value)
                                    END,
                                    CASE w.attidentity
                                      WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY'
                                      WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY'
                                    END,
                                    CASE WHEN w.attnotnull THEN 'NOT NULL' END),
                          ', ' ORDER BY w.attnum)
                 FROM wanted w),
                CASE WHEN r.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(r.oid) ELSE '' END),
         format('DROP TABLE %s CASCADE', r.name)
  FROM relation r
  WHERE r.relkind IN ('r', 'p')
  UNION ALL
  SELECT 5, r.name,
         format('CREATE %s %s AS %s', k.kind, r.name, pg_get_viewdef(r.oid)),
         format('DROP %s %s CASCADE', k.kind, r.name)
  FROM relation r
  JOIN (VALUES ('v'::"char", 'VIEW'), ('m', 'MATERIALIZED VIEW')) k (relkind, kind) USING (relkind)
  UNION ALL
  SELECT 6, w.attname,
         format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', w.relation, w.attname, w.value), NULL
  FROM wanted w
  WHERE w.value IS NOT NULL AND w.generated = ''
  UNION ALL
  SELECT 7, s.name,
         format('ALTER SEQUENCE %s OWNED BY %s.%I', s.name, s.relation, s.attname), NULL
  FROM sequence s
  WHERE s.owned
  UNION ALL
  SELECT CASE k.contype WHEN 'f' THEN 9 ELSE 8 END, k.conname,
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, k.conname, pg_get_constraintdef(k.oid)),
         NULL
  FROM relation r
  JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('p', 'u', 'c', 'x', 'f')
  WHERE k.conname <> ALL (?::text[])
  UNION ALL
  SELECT 10, c.relname, pg_get_indexdef(i.indexrelid), NULL
  FROM relation r
  JOIN pg_index i ON i.indrelid = r.oid
  JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relname <> ALL (?::text[])
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
)
SELECT m.statement, m.undo, m.step = 5
FROM made m
ORDER BY m.step, m.name
