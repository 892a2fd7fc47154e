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
--   * what has no kind of its own in the contract: range and base types, casts, operators, collations,
--     statistics, publications, event triggers, foreign servers. Where a definition uses one, it names it.
-- Folded into another object's definition: rules and REPLICA IDENTITY into the relation's, sequences
-- into the owning column's, validity into the index's, being switched off into the trigger's or rule's.
-- What a partition inherits stands at the parent alone: whether a trigger was switched off for one
-- partition, and the identity of a column, which partitions have since 17 and dumps do not keep.
-- No owner, no privilege, no comment, no column order, no version of an extension, nothing of storage:
-- parameters of tables and materialized views, tablespaces, statistics targets, CLUSTER, WITH NO DATA.
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
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition
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
  SELECT a.attrelid, a.attnum, a.attname, a.attnotnull, a.attidentity, a.attgenerated, a.attfdwoptions,
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
         string_agg(
           format('%I %s%s', a.attname, a.type, a.own_collation)
             || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''),
           ', ' ORDER BY a.attnum) AS columns
  FROM attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('v', 'm', 'c')
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  GROUP BY a.attrelid
), rule AS MATERIALIZED (
  SELECT w.ev_class,
         string_agg(
           format(' rule %I on %s', w.rulename,
               CASE w.ev_type WHEN '2' THEN 'update' WHEN '3' THEN 'insert' ELSE 'delete' END)
             || CASE WHEN w.is_instead THEN ' instead' ELSE '' END
             || CASE w.ev_enabled
                  WHEN 'D' THEN ' DISABLED'
                  WHEN 'R' THEN ' ENABLED REPLICA'
                  WHEN 'A' THEN ' ENABLED ALWAYS'
                  ELSE '' END,
           '' ORDER BY w.rulename) AS definition,
         string_agg(pg_get_ruledef(w.oid), E'\n' ORDER BY w.rulename) AS body
  FROM pg_rewrite w
  WHERE w.oid >= 16384 AND w.rulename <> '_RETURN'
    /* only w.ev_class */
  GROUP BY w.ev_class
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
         || CASE WHEN c.reloftype = 0 THEN '' ELSE ' of ' || format_type(c.reloftype, NULL) END
         || CASE r.relkind WHEN 'p' THEN ' partition by ' || pg_get_partkeydef(c.oid) ELSE '' END
         || CASE
              WHEN c.relispartition
                THEN ' partition of ' || p.parents || ' ' || pg_get_expr(c.relpartbound, c.oid)
              ELSE coalesce(' inherits ' || p.parents, '') END
         || CASE WHEN c.relrowsecurity THEN ' row security enabled' ELSE '' END
         || CASE WHEN c.relforcerowsecurity THEN ' row security forced' ELSE '' END
         || CASE c.relreplident
              WHEN 'n' THEN ' replica identity nothing'
              WHEN 'f' THEN ' replica identity full'
              WHEN 'i' THEN coalesce(
                (SELECT format(' replica identity using index %I', x.relname)
                 FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                 WHERE i.indrelid = c.oid AND i.indisreplident), ' replica identity nothing')
              ELSE '' END
         || coalesce(f.definition, '')
         || coalesce(u.definition, ''),
       u.body
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
           -- a dump sorts them
           (SELECT format(' options (%s)', string_agg(o, ', ' ORDER BY o COLLATE "C"))
            FROM unnest(ft.ftoptions) AS o HAVING count(*) > 0)) AS definition
  FROM pg_foreign_table ft
  JOIN pg_foreign_server fs ON fs.oid = ft.ftserver) f ON f.ftrelid = c.oid
LEFT JOIN rule u ON u.ev_class = c.oid
WHERE r.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized-view' END,
       r.nspname, NULL, r.relname, NULL, false,
       concat(CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
         format(' (%s)', s.columns),
         CASE r.relkind WHEN 'v' THEN
           (SELECT format(' with (%s)', string_agg(o, ', ' ORDER BY o COLLATE "C"))
            FROM unnest(c.reloptions) AS o HAVING count(*) > 0) END,
         u.definition),
       pg_get_viewdef(r.oid) || coalesce(E'\n' || u.body, '')
FROM relation r
JOIN pg_class c ON c.oid = r.oid
LEFT JOIN signature s ON s.attrelid = r.oid
LEFT JOIN rule u ON u.ev_class = r.oid
WHERE r.relkind IN ('v', 'm')
UNION ALL
SELECT 'column', r.nspname, r.relname, a.attname, NULL, false,
       a.type || a.own_collation
         || CASE
              WHEN r.relispartition AND a.attidentity <> '' THEN ''
              WHEN a.attidentity = 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
              WHEN a.attidentity = 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY'
              WHEN a.attgenerated = 's'
                THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
              WHEN a.attgenerated = 'v'
                THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') VIRTUAL'
              WHEN d.oid IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
              ELSE '' END
         || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
         || CASE WHEN (a.attrelid, a.attnum) IN (
                SELECT k.conrelid, k.conkey[1] FROM pg_constraint k
                WHERE k.contype = 'n' AND NOT k.convalidated)
              THEN ' NOT VALID' ELSE '' END
         || coalesce(
              (SELECT format(' options (%s)', string_agg(v, ', ' ORDER BY v COLLATE "C"))
               FROM unnest(a.attfdwoptions) AS v HAVING count(*) > 0), '')
         || coalesce(o.definition, ''),
       NULL
FROM relation r
JOIN attribute a ON a.attrelid = r.oid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN (
  SELECT w.relation, w.attnum,
         string_agg(format(' owns %s', s.definition), '' ORDER BY s.definition COLLATE "C") AS definition
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
             (SELECT string_agg(format(' %s %s', o.word, o.value), '' ORDER BY o.word COLLATE "C")
              FROM (VALUES
                ('serialfunc', CASE WHEN g.aggserialfn <> 0 THEN g.aggserialfn::text END),
                ('deserialfunc', CASE WHEN g.aggdeserialfn <> 0 THEN g.aggdeserialfn::text END),
                ('msfunc', CASE WHEN g.aggmtransfn <> 0 THEN g.aggmtransfn::text END),
                ('minvfunc', CASE WHEN g.aggminvtransfn <> 0 THEN g.aggminvtransfn::text END),
                ('mfinalfunc', CASE WHEN g.aggmfinalfn <> 0 THEN g.aggmfinalfn::text END),
                ('mstype', CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END),
                ('minitcond', quote_literal(g.aggminitval)),
                ('sspace', nullif(g.aggtransspace, 0)::text),
                ('msspace', nullif(g.aggmtransspace, 0)::text),
                ('sortop', CASE WHEN g.aggsortop <> 0 THEN g.aggsortop::regoperator::text END),
                -- a dump leaves out how a final function behaves that is not there
                ('finalfunc_extra', CASE WHEN g.aggfinalfn <> 0 AND g.aggfinalextra THEN 'yes' END),
                ('mfinalfunc_extra', CASE WHEN g.aggmfinalfn <> 0 AND g.aggmfinalextra THEN 'yes' END),
                ('finalfunc_modify', CASE WHEN g.aggfinalfn <> 0 AND g.aggfinalmodify <> 'r'
                  THEN g.aggfinalmodify::text END),
                ('mfinalfunc_modify', CASE WHEN g.aggmfinalfn <> 0 AND g.aggmfinalmodify <> 'r'
                  THEN g.aggmfinalmodify::text END),
                ('kind', CASE WHEN g.aggkind = 'h' THEN 'hypothetical' END)) AS o (word, value)
              WHERE o.value IS NOT NULL),
             ' parallel ', p.proparallel)
         WHEN q.atomic THEN
           -- A body in standard SQL is stored parsed and printed anew: only the signature is one
           -- text on every major.
           concat('function (', pg_get_function_arguments(p.oid), ')',
             ' returns ' || pg_get_function_result(p.oid), ' volatility ', p.provolatile,
             CASE WHEN p.proisstrict THEN ' strict' END,
             CASE WHEN p.prosecdef THEN ' security definer' END,
             CASE WHEN p.proleakproof THEN ' leakproof' END,
             CASE WHEN p.proparallel <> 'u' THEN ' parallel ' || p.proparallel::text END,
             CASE WHEN p.procost <> 100 THEN ' cost ' || p.procost END,
             CASE WHEN p.prorows NOT IN (0, 1000) THEN ' rows ' || p.prorows END,
             CASE WHEN p.prosupport <> 0 THEN ' support ' || p.prosupport END,
             ' set ' || array_to_string(p.proconfig, ' set '))
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
