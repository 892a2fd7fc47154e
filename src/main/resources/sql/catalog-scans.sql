-- What catalog-definitions.sql reads, for CatalogScans to put together: plain scans, hardly a join.
-- In a fresh session planning the joins takes far longer than reading a small catalog. What can be
-- told from plain columns is not deparsed, which in a large one takes most of the time.
-- Which objects count, and why: catalog-definitions.sql, which finds the same ones with the same
-- definitions. PostgreSQL 13 and newer; `from N` begins what only majors from N on have. Settings
-- pinned as in read-only.sql.
--
-- Oids from 16384 on (FirstNormalObjectId in access/transam.h) belong to objects made after initdb.
-- The same in every release: 1259, 1247, 1255, 2615 and 3079, the oids of pg_class, pg_type, pg_proc,
-- pg_namespace and pg_extension; 99, the schema pg_toast; 100 and 950, the collations "default" and
-- "C"; 19 and 1003, the types name and name[], whose collation is "C"; 403, the access method btree;
-- 1978 to 3128, the operator classes that are the defaults of common types (ScannedText says which);
-- 1043, the type varchar, which has none of its own and takes that of text.
--
-- Deparsing looks at what is there now, and some of it opens the relation: never at a temporary table,
-- which its session may drop or lock at any moment, nor at what an extension owns.

-- (1) whether anything is there that only catalog-definitions.sql reads: rules, and a default operator
-- class for varchar
SELECT EXISTS (SELECT FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN')
    OR EXISTS (
      SELECT FROM pg_opclass
      WHERE oid >= 16384 AND opcmethod = 403 AND opcdefault AND opcintype = 1043);
-- (2) oid, schema
SELECT oid, nspname FROM pg_namespace;
-- (3) classid, objid: what extensions own
SELECT classid, objid FROM pg_depend
WHERE refclassid = 3079 AND deptype = 'e' AND objid >= 16384;
-- (4) sequence, relation, column number: sequences that columns own
SELECT objid, refobjid, refobjsubid FROM pg_depend
WHERE classid = 1259 AND objid >= 16384
  AND refclassid = 1259 AND refobjsubid > 0 AND deptype IN ('a', 'i')
  AND objid IN (SELECT seqrelid FROM pg_sequence);
-- (5) oid, definition
SELECT seqrelid,
       'sequence as ' || format_type(seqtypid, NULL) || ' start ' || seqstart
         || ' increment ' || seqincrement || ' minvalue ' || seqmin || ' maxvalue ' || seqmax
         || ' cache ' || seqcache || CASE WHEN seqcycle THEN ' cycle' ELSE '' END
FROM pg_sequence;
-- (6) extension, schema oid
SELECT extname, extnamespace FROM pg_extension WHERE extname <> 'plpgsql';
-- (7) oid, schema oid, kind, name, unlogged, row security, forced, replica identity, whether only
-- catalog-definitions.sql reads it (foreign and typed tables), whether it is a partition, its bounds,
-- text of a view or key of a partitioned table, options of a view with chr(31) between them
SELECT oid, relnamespace, relkind, relname, relpersistence = 'u', relrowsecurity,
       relforcerowsecurity, relreplident, relkind = 'f' OR reloftype <> 0,
       relispartition, CASE WHEN relispartition THEN pg_get_expr(relpartbound, oid) END,
       CASE WHEN relkind IN ('v', 'm') AND oid NOT IN (
              SELECT objid FROM pg_depend
              WHERE refclassid = 3079 AND deptype = 'e' AND classid = 1259 AND objid >= 16384)
            THEN pg_get_viewdef(oid)
            WHEN relkind = 'p' THEN pg_get_partkeydef(oid) END,
       CASE WHEN relkind = 'v' THEN array_to_string(reloptions, chr(31)) END
FROM pg_class
WHERE oid >= 16384 AND relnamespace <> 99 AND relpersistence <> 't';
-- (8) partition or child, parent
SELECT inhrelid, inhparent FROM pg_inherits ORDER BY inhrelid, inhseqno;
-- (9) enum's oid, label
SELECT enumtypid, quote_literal(enumlabel) FROM pg_enum ORDER BY enumtypid, enumsortorder;
-- (10) oid, schema oid, relation oid of a composite type or 0, name, base type of a domain, its
-- default, not null, whether only catalog-definitions.sql reads it (with a collation of its own)
SELECT oid, typnamespace, typrelid, typname,
       CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) END,
       CASE typtype WHEN 'd' THEN pg_get_expr(typdefaultbin, 0) END,
       typnotnull,
       typcollation NOT IN (0, 100) OR typcollation = 100 AND typbasetype IN (
         SELECT oid FROM pg_type WHERE typcollation NOT IN (0, 100))
FROM pg_type
WHERE oid >= 16384 AND typtype IN ('e', 'd', 'c');
-- (11) schema oid, name, argument types, whether only catalog-definitions.sql reads it (aggregates and
-- bodies in standard SQL), definition: without what extensions own and what types made for themselves
SELECT pronamespace, proname, oidvectortypes(proargtypes),
       prokind = 'a' /* from 14: OR prosqlbody IS NOT NULL */,
       CASE WHEN prokind <> 'a' THEN pg_get_functiondef(oid) END
FROM pg_proc
WHERE oid >= 16384
  AND oid NOT IN (
    SELECT objid FROM pg_depend
    WHERE classid = 1255 AND objid >= 16384 AND deptype IN ('e', 'i'));
-- (12) relation oid, number, default or generation expression; only for one that names columns is the
-- relation opened
SELECT adrelid, adnum,
       pg_get_expr(adbin, CASE WHEN adbin::text LIKE '%{VAR %' THEN adrelid ELSE 0 END)
FROM pg_attrdef
WHERE oid >= 16384
  AND adrelid NOT IN (
    SELECT oid FROM pg_class WHERE oid >= 16384 AND (relpersistence = 't' OR oid IN (
      SELECT objid FROM pg_depend
      WHERE refclassid = 3079 AND deptype = 'e' AND classid = 1259 AND objid >= 16384)));
-- (13) relation oid, number, column, type, not null, identity, generated, type oid, whether only
-- catalog-definitions.sql reads it (with a collation of its own)
SELECT attrelid, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
       attgenerated, atttypid,
       CASE WHEN atttypid IN (19, 1003) THEN attcollation <> 950
            ELSE attcollation NOT IN (0, 100) OR attcollation = 100 AND atttypid IN (
              SELECT oid FROM pg_type WHERE typcollation NOT IN (0, 100)) END
FROM pg_attribute
WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped
  AND attrelid IN (
    SELECT oid FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm', 'c'))
ORDER BY attrelid, attnum;
-- (14) relation oid, index oid, whether it is the replica identity, whether it includes more columns
SELECT indrelid, indexrelid, indisreplident, indnatts <> indnkeyatts FROM pg_index
WHERE indexrelid >= 16384 AND (indisreplident OR indnatts <> indnkeyatts);
-- (15) relation oid or 0, domain oid or 0, constraint, its kind ('n' for a not null that is not
-- validated), columns, then of a plain foreign key the other relation's oid and columns and what
-- happens on delete, the index behind it, and definition, which is empty for plain foreign and primary
-- keys
SELECT conrelid, contypid, conname, contype, array_to_string(conkey, ' '),
       confrelid, array_to_string(confkey, ' '), confdeltype, conindid,
       CASE WHEN contype = 'n' THEN NULL WHEN (
              NOT condeferrable AND convalidated AND (
                contype = 'p' AND conexclop IS NULL /* from 18: AND NOT conperiod */
                OR contype = 'f' AND confmatchtype = 's' AND confupdtype = 'a'
                  /* from 15: AND confdelsetcols IS NULL */
                  /* from 18: AND NOT conperiod AND conenforced */))
         THEN '' ELSE pg_get_constraintdef(oid) END
FROM pg_constraint
WHERE oid >= 16384 AND (contype IN ('c', 'f', 'p', 'u', 'x') OR contype = 'n' AND NOT convalidated)
  AND NOT (contype = 'c' AND NOT conislocal AND conrelid <> 0)
  AND NOT (contype = 'f' AND conparentid <> 0)
  AND conrelid NOT IN (
    SELECT oid FROM pg_class WHERE oid >= 16384 AND (relpersistence = 't' OR oid IN (
      SELECT objid FROM pg_depend
      WHERE refclassid = 3079 AND deptype = 'e' AND classid = 1259 AND objid >= 16384)));
-- (16) relation oid, index oid, kind, valid, unique, columns, operator classes, definition, which is
-- empty for plain ones; none behind a constraint
SELECT indrelid, indexrelid, c.relkind, indisvalid, indisunique, indkey, indclass,
       CASE WHEN (
              c.relam = 403 AND c.relkind = 'i' AND c.reloptions IS NULL
              AND indexprs IS NULL AND indpred IS NULL AND indnatts = indnkeyatts
              /* from 15: AND NOT indnullsnotdistinct */
              AND translate(indoption::text, '0 ', '') = ''
              AND string_to_array(indcollation::text, ' ')::oid[] <@ '{0,100}'::oid[]
              AND string_to_array(indclass::text, ' ')::oid[]
                <@ '{1978,1979,3122,3123,3124,3125,3126,3127,3128}'::oid[])
         THEN '' ELSE pg_get_indexdef(indexrelid) END
FROM pg_index
JOIN pg_class c ON c.oid = indexrelid
WHERE indexrelid >= 16384 AND c.relnamespace <> 99
  AND indrelid NOT IN (
    SELECT oid FROM pg_class WHERE oid >= 16384 AND (relpersistence = 't' OR oid IN (
      SELECT objid FROM pg_depend
      WHERE refclassid = 3079 AND deptype = 'e' AND classid = 1259 AND objid >= 16384)))
  AND indexrelid NOT IN (
    SELECT conindid FROM pg_constraint WHERE oid >= 16384 AND contype IN ('p', 'u', 'x'));
-- (17) relation oid, trigger, definition
SELECT tgrelid, tgname,
       pg_get_triggerdef(oid) || CASE tgenabled
         WHEN 'D' THEN ' DISABLED'
         WHEN 'R' THEN ' ENABLED REPLICA'
         WHEN 'A' THEN ' ENABLED ALWAYS'
         ELSE '' END
FROM pg_trigger
WHERE oid >= 16384 AND NOT tgisinternal AND tgparentid = 0
  AND tgrelid NOT IN (
    SELECT oid FROM pg_class WHERE oid >= 16384 AND (relpersistence = 't' OR oid IN (
      SELECT objid FROM pg_depend
      WHERE refclassid = 3079 AND deptype = 'e' AND classid = 1259 AND objid >= 16384)));
-- (18) relation oid, policy, definition
SELECT polrelid, polname,
       concat(CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END,
         ' for ', CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
           WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
         ' to ', (SELECT string_agg(
             CASE WHEN role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', '
             ORDER BY CASE WHEN role = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(role)::text END COLLATE "C")
           FROM unnest(polroles) AS role))
         || CASE WHEN polqual IS NULL THEN ''
            ELSE ' using (' || pg_get_expr(polqual, polrelid) || ')' END
         || CASE WHEN polwithcheck IS NULL THEN ''
            ELSE ' with check (' || pg_get_expr(polwithcheck, polrelid) || ')' END
FROM pg_policy
WHERE polrelid NOT IN (
    SELECT oid FROM pg_class WHERE oid >= 16384 AND (relpersistence = 't' OR oid IN (
      SELECT objid FROM pg_depend
      WHERE refclassid = 3079 AND deptype = 'e' AND classid = 1259 AND objid >= 16384)))
