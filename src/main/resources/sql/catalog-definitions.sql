-- Every object of the catalog with its canonical definition.
-- Columns: kind (the contract's word), schema, relation (null for what stands alone), name,
--          arguments (functions only), invalid (true for an index PostgreSQL does not use),
--          definition (null when the object went away meanwhile), body (text that different majors
--          print differently; null where there is none).
-- PostgreSQL 13 and newer. Settings pinned as in read-only.sql; names come out qualified because
-- the search path is pg_catalog alone.
--
-- The rule for what counts: what pg_dump writes as an object of its own, so that a restored dump
-- has the same objects. Hence left out:
--   * what an extension owns, and pg_*, information_schema;
--   * schema public and extension plpgsql, which every new database has;
--   * sequences owned by a column: their parameters stand in the column's definition;
--   * indexes behind a constraint: the constraint says it all;
--   * what partitions and children inherit without a name of its own in a dump: foreign keys,
--     checks, triggers (their unique constraints and indexes have one);
--   * NOT NULL as a constraint (PostgreSQL 18): it stands in the column's definition;
--   * constraints of a domain: they stand in the type's definition;
--   * functions a type made for itself (range constructors).
-- No owner, no privilege, no comment, no column order, no version of an extension.
--
-- Where a comment says "only", a reader that knows what changed puts a condition in its place; what
-- has no such comment is always read whole.
WITH member AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend
  WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), space AS MATERIALIZED (
  SELECT n.oid, n.nspname
  FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), relation AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind
  FROM pg_class c
  JOIN space n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
    /* only c.oid */
    AND NOT EXISTS (
      SELECT FROM member e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
), owned AS MATERIALIZED (
  SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS attnum
  FROM pg_depend d
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    /* only d.refobjid */
), sequence AS MATERIALIZED (
  SELECT s.seqrelid AS oid,
         format('sequence as %s start %s increment %s minvalue %s maxvalue %s cache %s%s',
           format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
           s.seqcache, CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END) AS definition
  FROM pg_sequence s
  WHERE true
    /* only s.seqrelid */
), attribute AS MATERIALIZED (
  SELECT a.attrelid, a.attnum, a.attname, a.attnotnull, a.attidentity, a.attgenerated,
         format_type(a.atttypid, a.atttypmod) AS type,
         CASE WHEN a.attcollation <> t.typcollation
           THEN format(' COLLATE %I.%I', ln.nspname, l.collname) ELSE '' END AS own_collation
  FROM pg_class c
  JOIN space n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
    /* only c.oid */
), signature AS MATERIALIZED (
  SELECT a.attrelid,
         string_agg(format('%I %s%s', a.attname, a.type, a.own_collation), ', ' ORDER BY a.attnum) AS columns
  FROM attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('v', 'm', 'c')
  GROUP BY a.attrelid
)
SELECT 'schema' AS kind, NULL::name AS schema, NULL::name AS relation, n.nspname AS name,
       NULL::text AS arguments, false AS invalid, 'schema' AS definition, NULL::text AS body
FROM space n
WHERE n.nspname <> 'public'
  AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid)
UNION ALL
SELECT 'extension', NULL, NULL, x.extname, NULL, false,
       format('extension schema %I', n.nspname), NULL
FROM pg_extension x
JOIN pg_namespace n ON n.oid = x.extnamespace
WHERE x.extname <> 'plpgsql'
UNION ALL
SELECT 'type', n.nspname, NULL, t.typname, NULL, false,
       CASE t.typtype
         WHEN 'e' THEN
           format('enum (%s)',
             (SELECT string_agg(quote_literal(v.enumlabel), ', ' ORDER BY v.enumsortorder)
              FROM pg_enum v WHERE v.enumtypid = t.oid))
         WHEN 'd' THEN
           'domain ' || format_type(t.typbasetype, t.typtypmod)
             || coalesce(
                  (SELECT format(' COLLATE %I.%I', ln.nspname, l.collname)
                   FROM pg_type b, pg_collation l
                   JOIN pg_namespace ln ON ln.oid = l.collnamespace
                   WHERE b.oid = t.typbasetype AND l.oid = t.typcollation
                     AND t.typcollation <> b.typcollation), '')
             || CASE WHEN t.typdefaultbin IS NULL THEN ''
                ELSE ' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0) END
             || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
             || coalesce(
                  (SELECT string_agg(
                            format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)),
                            '' ORDER BY k.conname)
                   FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
         ELSE format('composite (%s)', (SELECT s.columns FROM signature s WHERE s.attrelid = t.typrelid))
       END,
       NULL
FROM pg_type t
JOIN space n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND NOT EXISTS (
    SELECT FROM member e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
  /* only t.oid */
UNION ALL
SELECT 'sequence', r.nspname, NULL, r.relname, NULL, false,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END || s.definition, NULL
FROM relation r
JOIN pg_class c ON c.oid = r.oid
JOIN sequence s ON s.oid = r.oid
WHERE NOT EXISTS (SELECT FROM owned o WHERE o.sequence = r.oid)
UNION ALL
SELECT 'table', r.nspname, NULL, r.relname, NULL, false,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END
         || CASE r.relkind WHEN 'f' THEN 'foreign ' ELSE '' END
         || 'table'
         || CASE r.relkind WHEN 'p' THEN ' partition by ' || pg_get_partkeydef(c.oid) ELSE '' END
         || CASE
              WHEN c.relispartition
                THEN ' partition of ' || p.parents || ' ' || pg_get_expr(c.relpartbound, c.oid)
              ELSE coalesce(' inherits ' || p.parents, '') END
         || CASE WHEN c.relrowsecurity THEN ' row security enabled' ELSE '' END
         || CASE WHEN c.relforcerowsecurity THEN ' row security forced' ELSE '' END
         || coalesce(f.definition, ''),
       NULL
FROM relation r
JOIN pg_class c ON c.oid = r.oid
LEFT JOIN (
  SELECT h.inhrelid,
         string_agg(format('%I.%I', pn.nspname, pc.relname), ', ' ORDER BY h.inhseqno) AS parents
  FROM pg_inherits h
  JOIN pg_class pc ON pc.oid = h.inhparent
  JOIN pg_namespace pn ON pn.oid = pc.relnamespace
  WHERE true
    /* only h.inhrelid */
  GROUP BY h.inhrelid) p ON p.inhrelid = c.oid
LEFT JOIN (
  SELECT ft.ftrelid,
         concat(format(' server %I', fs.srvname),
           ' options (' || array_to_string(ft.ftoptions, ', ') || ')') AS definition
  FROM pg_foreign_table ft
  JOIN pg_foreign_server fs ON fs.oid = ft.ftserver) f ON f.ftrelid = c.oid
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized-view' END,
       r.nspname, NULL, r.relname, NULL, false,
       concat(CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
         format(' (%s)', s.columns),
         CASE r.relkind WHEN 'v' THEN
           (SELECT format(' with (%s)', string_agg(o, ', ' ORDER BY o))
            FROM unnest(c.reloptions) AS o HAVING count(*) > 0) END),
       pg_get_viewdef(r.oid)
FROM relation r
JOIN pg_class c ON c.oid = r.oid
LEFT JOIN signature s ON s.attrelid = r.oid
WHERE r.relkind IN ('v', 'm')
UNION ALL
SELECT 'column', r.nspname, r.relname, a.attname, NULL, false,
       a.type || a.own_collation
         || CASE
              WHEN a.attidentity = 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
              WHEN a.attidentity = 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY'
              WHEN a.attgenerated = 's'
                THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
              WHEN a.attgenerated = 'v'
                THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') VIRTUAL'
              WHEN d.oid IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
              ELSE '' END
         || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
         || coalesce(o.definition, ''),
       NULL
FROM relation r
JOIN attribute a ON a.attrelid = r.oid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN (
  SELECT w.relation, w.attnum,
         string_agg(format(' owns %s', s.definition), '' ORDER BY s.definition) AS definition
  FROM owned w
  JOIN sequence s ON s.oid = w.sequence
  GROUP BY w.relation, w.attnum) o ON o.relation = a.attrelid AND o.attnum = a.attnum
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'constraint', r.nspname, r.relname, k.conname, NULL, false, pg_get_constraintdef(k.oid), NULL
FROM pg_constraint k
JOIN relation r ON r.oid = k.conrelid
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x')
  AND NOT (k.contype = 'c' AND NOT k.conislocal)
  AND NOT (k.contype = 'f' AND k.conparentid <> 0)
  /* only k.conrelid */
UNION ALL
SELECT 'index', r.nspname, r.relname, c.relname, NULL,
       -- A concurrent build that still runs holds this lock on the table: nothing has failed yet.
       NOT i.indisvalid AND c.relkind = 'i' AND NOT EXISTS (
         SELECT FROM pg_locks l WHERE l.relation = i.indrelid AND l.granted
           AND l.mode = 'ShareUpdateExclusiveLock'
           AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())),
       pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END, NULL
FROM pg_index i
JOIN relation r ON r.oid = i.indrelid
JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT EXISTS (
  SELECT FROM pg_constraint k
  WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  /* only i.indrelid */
UNION ALL
SELECT 'function', n.nspname, NULL, p.proname, oidvectortypes(p.proargtypes), false,
       CASE
         WHEN p.prokind = 'a' THEN
           concat('aggregate (', pg_get_function_arguments(p.oid), ') ',
             'returns ', pg_get_function_result(p.oid),
             ' sfunc ', g.aggtransfn, ' stype ', format_type(g.aggtranstype, NULL),
             ' initcond ' || quote_literal(g.agginitval),
             CASE WHEN g.aggfinalfn <> 0 THEN ' finalfunc ' || g.aggfinalfn END,
             CASE WHEN g.aggcombinefn <> 0 THEN ' combinefunc ' || g.aggcombinefn END,
             ' parallel ', p.proparallel)
         WHEN q.atomic THEN
           -- A body in standard SQL is stored parsed and printed anew: only the signature is one
           -- text on every major.
           concat('function (', pg_get_function_arguments(p.oid), ')',
             ' returns ' || pg_get_function_result(p.oid), ' volatility ', p.provolatile)
         ELSE pg_get_functiondef(p.oid)
       END,
       CASE WHEN q.atomic THEN pg_get_functiondef(p.oid) END
FROM pg_proc p
JOIN space n ON n.oid = p.pronamespace
LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
CROSS JOIN LATERAL (
  -- by way of JSON because PostgreSQL 13 has no such column; 14 is the language SQL
  SELECT p.prolang = 14 AND to_jsonb(p) ->> 'prosqlbody' IS NOT NULL AS atomic) q
WHERE NOT EXISTS (
  SELECT FROM pg_depend d
  WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
  /* only p.oid */
UNION ALL
SELECT 'trigger', r.nspname, r.relname, t.tgname, NULL, false,
       pg_get_triggerdef(t.oid) || CASE t.tgenabled
         WHEN 'D' THEN ' DISABLED'
         WHEN 'R' THEN ' ENABLED REPLICA'
         WHEN 'A' THEN ' ENABLED ALWAYS'
         ELSE '' END,
       NULL
FROM pg_trigger t
JOIN relation r ON r.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
  /* only t.tgrelid */
UNION ALL
SELECT 'policy', r.nspname, r.relname, p.polname, NULL, false,
       concat(CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
         ' for ', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
           WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
         ' to ', (SELECT string_agg(
             CASE WHEN role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', '
             ORDER BY CASE WHEN role = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role)::text END COLLATE "C")
           FROM unnest(p.polroles) AS role))
         || CASE WHEN p.polqual IS NULL THEN ''
            ELSE ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')' END
         || CASE WHEN p.polwithcheck IS NULL THEN ''
            ELSE ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')' END,
       NULL
FROM pg_policy p
JOIN relation r ON r.oid = p.polrelid
WHERE true
  /* only p.polrelid */
