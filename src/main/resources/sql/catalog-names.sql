-- Every object of the catalog by name: plain scans, hardly a join, without deparsing
-- and without a lock on anything of the user's. CatalogNames puts the rows together. In a
-- fresh session this takes half as long as joins on the server do, whose planning costs more than
-- reading a small catalog; for a large one it sends each relation's name once.
-- PostgreSQL 13 and newer. Which objects count, and why: catalog-definitions.sql, which must find
-- the same ones.
--
-- Oids from 16384 on (FirstNormalObjectId in access/transam.h) belong to objects made after initdb;
-- 1259, 1247, 1255, 2615 and 3079 are the oids of pg_class, pg_type, pg_proc, pg_namespace and
-- pg_extension, the same in every release.

-- (1) oid, schema
SELECT oid, nspname FROM pg_namespace
WHERE NOT starts_with(nspname, 'pg_') AND nspname <> 'information_schema';
-- (2) classid, objid: what extensions own
SELECT classid, objid FROM pg_depend
WHERE refclassid = 3079 AND deptype = 'e' AND objid >= 16384;
-- (3) objid: sequences owned by a column
SELECT objid FROM pg_depend
WHERE classid = 1259 AND objid >= 16384
  AND refclassid = 1259 AND refobjsubid > 0 AND deptype IN ('a', 'i')
  AND objid IN (SELECT seqrelid FROM pg_sequence);
-- (4) objid: functions a type made for itself
SELECT objid FROM pg_depend WHERE classid = 1255 AND objid >= 16384 AND deptype = 'i';
-- (5) extension
SELECT extname FROM pg_extension WHERE extname <> 'plpgsql';
-- (6) oid, schema oid, kind, name: relations and indexes
SELECT oid, relnamespace, relkind, relname FROM pg_class
WHERE oid >= 16384 AND relkind <> 't' AND relpersistence <> 't';
-- (7) oid, schema oid, relation oid of a composite type or 0, name
SELECT oid, typnamespace, typrelid, typname FROM pg_type
WHERE oid >= 16384 AND typtype IN ('e', 'd', 'c');
-- (8) oid, schema oid, name, argument types
SELECT oid, pronamespace, proname, oidvectortypes(proargtypes) FROM pg_proc WHERE oid >= 16384;
-- (9) relation oid, column
SELECT attrelid, attname FROM pg_attribute
WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped;
-- (10) relation oid, constraint, oid of the index behind a unique one, else 0
SELECT conrelid, conname, CASE contype WHEN 'u' THEN conindid ELSE 0 END
FROM pg_constraint
WHERE oid >= 16384 AND conrelid <> 0 AND contype IN ('c', 'f', 'p', 'u', 'x')
  AND NOT (contype = 'c' AND NOT conislocal)
  AND NOT (contype = 'f' AND conparentid <> 0);
-- (11) relation oid, index oid, valid or still being built; a primary key or exclusion always has a
-- constraint. A concurrent build holds its lock on the table from its start to its end.
SELECT indrelid, indexrelid, indisvalid OR EXISTS (
    SELECT FROM pg_locks l WHERE l.relation = indrelid AND l.granted
      AND l.mode = 'ShareUpdateExclusiveLock'
      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
FROM pg_index
WHERE indexrelid >= 16384 AND NOT indisprimary AND NOT indisexclusion;
-- (12) relation oid, trigger
SELECT tgrelid, tgname FROM pg_trigger
WHERE oid >= 16384 AND NOT tgisinternal AND tgparentid = 0;
-- (13) relation oid, policy
SELECT polrelid, polname FROM pg_policy
