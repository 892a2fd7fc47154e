-- What acts on rows while they are copied, with what switches it off and on again: foreign keys,
-- which would want an order that cycles do not have, triggers of users, which ran already when the
-- rows were written, and row security that its owner is under.
-- Columns: the tables it is about, as an array (null for those of partitions, which belong to tables
-- of other names); the statement that switches it off; the one that switches it on again, and for a
-- foreign key with a comment a second one (null otherwise).
-- PostgreSQL 13 and newer. Read with nothing on the search path, so that every name is qualified.
SELECT CASE WHEN c.relispartition OR f.relispartition THEN NULL
            ELSE ARRAY[format('%I.%I', n.nspname, c.relname), format('%I.%I', m.nspname, f.relname)]
       END,
       format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname),
       format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname,
              pg_get_constraintdef(k.oid)),
       'COMMENT ON CONSTRAINT ' || format('%I ON %I.%I', k.conname, n.nspname, c.relname) || ' IS '
         || quote_literal(obj_description(k.oid, 'pg_constraint'))
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_namespace m ON m.oid = f.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0
UNION ALL
SELECT q.tables, q.off, q.back, NULL
FROM (
  SELECT CASE WHEN c.relispartition THEN NULL ELSE ARRAY[format('%I.%I', n.nspname, c.relname)] END,
         format('ALTER TABLE %s%I.%I DISABLE TRIGGER %I', o.word, n.nspname, c.relname, t.tgname),
         format('ALTER TABLE %s%I.%I %s TRIGGER %I', o.word, n.nspname, c.relname,
                CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA'
                  WHEN 'D' THEN 'DISABLE' ELSE 'ENABLE' END, t.tgname)
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END) o (word)
  WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p')
    -- A partition's own state is set after that of the table it belongs to, which sets both.
    AND (t.tgenabled <> 'D' OR c.relispartition)
  ORDER BY c.relispartition, t.oid) q (tables, off, back)
UNION ALL
SELECT CASE WHEN c.relispartition THEN NULL ELSE ARRAY[format('%I.%I', n.nspname, c.relname)] END,
       format('ALTER TABLE ONLY %I.%I NO FORCE ROW LEVEL SECURITY', n.nspname, c.relname),
       format('ALTER TABLE ONLY %I.%I FORCE ROW LEVEL SECURITY', n.nspname, c.relname),
       NULL
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relforcerowsecurity AND c.relkind IN ('r', 'p')
