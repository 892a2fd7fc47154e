-- Which rows of the catalog are there: per table how many, and a sum over who made which. A row that
-- is changed becomes another transaction's, one that is gone never comes back as the same
-- transaction's; so as long as the sums stay, nothing that catalog-scans.sql reads has changed, nor
-- what its deparsing takes names from. Reading them takes a tenth of the time.
-- PostgreSQL's own rows count as well: their names stand in definitions. Temporary tables, TOAST tables
-- and triggers behind foreign keys are not looked at by anybody. Before 14 an index becomes invalid in
-- place.
-- Columns: sums with blanks between them; how far the log is written, which is as far as the rows
--          are, or further.
-- 16384, 99, 1259, 1255 and 3079 as in catalog-scans.sql. PostgreSQL 13 and newer.
WITH temporary AS (
  SELECT oid FROM pg_class WHERE oid >= 16384 AND relpersistence = 't'
), passing AS (
  SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_'
)
SELECT concat_ws(' ',
  (SELECT oid FROM pg_database WHERE datname = current_database()),
  (SELECT count(*) || '/' || coalesce(sum(hashtextextended(rolname, oid::bigint)), 0) FROM pg_roles),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_namespace WHERE oid NOT IN (SELECT oid FROM passing)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_extension),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_class WHERE relnamespace <> 99 AND relpersistence <> 't'),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(attrelid::bigint * 65536 + attnum, xmin::text::bigint)), 0)
   FROM pg_attribute
   WHERE attnum > 0
     AND attrelid IN (
       SELECT oid FROM pg_class
       WHERE relkind IN ('r', 'p', 'v', 'm', 'c', 'f', 'i', 'I') AND relnamespace <> 99
         AND relpersistence <> 't')),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_attrdef WHERE adrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_constraint WHERE connamespace NOT IN (SELECT oid FROM passing)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(indexrelid::bigint * 2 + indisvalid::int, xmin::text::bigint)), 0)
   FROM pg_index
   WHERE indexrelid IN (
     SELECT oid FROM pg_class
     WHERE relkind IN ('i', 'I') AND relnamespace <> 99
       AND relpersistence <> 't')),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(inhrelid::bigint * 65536 + inhseqno, xmin::text::bigint)), 0)
   FROM pg_inherits),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(partrelid::bigint, xmin::text::bigint)), 0)
   FROM pg_partitioned_table),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_type
   WHERE typnamespace <> 99 AND typnamespace NOT IN (SELECT oid FROM passing)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0) FROM pg_enum),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(rngtypid::bigint, xmin::text::bigint)), 0)
   FROM pg_range),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_proc),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(aggfnoid::oid::bigint, xmin::text::bigint)), 0)
   FROM pg_aggregate),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_operator),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_opclass),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_opfamily),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_collation),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_cast),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_language),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0) FROM pg_am),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_ts_config),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_ts_dict),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_rewrite),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_trigger
   WHERE NOT tgisinternal AND tgrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_policy WHERE polrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(seqrelid::bigint, xmin::text::bigint)), 0)
   FROM pg_sequence WHERE seqrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/'
     || coalesce(
          sum(hashint8extended(
            classid::bigint * 4294967296 + objid::bigint, xmin::text::bigint + refobjid::bigint)), 0)
   FROM pg_depend WHERE refclassid = 3079 AND deptype = 'e'),
  (SELECT count(*) || '/'
     || coalesce(
          sum(hashint8extended(
            objid::bigint * 65536 + refobjsubid, xmin::text::bigint + refobjid::bigint)), 0)
   FROM pg_depend
   WHERE classid = 1259 AND refclassid = 1259 AND refobjsubid > 0 AND deptype IN ('a', 'i')
     AND objid IN (SELECT seqrelid FROM pg_sequence)
     AND objid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(objid::bigint, xmin::text::bigint + refobjid::bigint)), 0)
   FROM pg_depend
   WHERE classid = 1255 AND objid >= 16384 AND deptype = 'i')),
  pg_current_wal_insert_lsn()::text
