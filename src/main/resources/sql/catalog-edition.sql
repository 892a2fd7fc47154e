-- Which rows of the catalog are there: per table how many, and a sum over who made which. A row that
-- is changed becomes another transaction's, one that is gone never comes back as the same
-- transaction's; so as long as the sums stay, nothing that catalog-scans.sql reads has changed, nor
-- what its deparsing takes names from. Reading them takes a tenth of the time.
-- Temporary tables, TOAST tables and triggers behind foreign keys are not looked at by anybody.
-- Columns: sums with blanks between them; how far the log is written, which is as far as the rows
--          are, or further.
-- Oids from 16384 on belong to objects made after initdb; 99, 1259, 1255 and 3079 as in
-- catalog-scans.sql. PostgreSQL 13 and newer.
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
   FROM pg_class WHERE oid >= 16384 AND relnamespace <> 99 AND relpersistence <> 't'),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(attrelid::bigint * 65536 + attnum, xmin::text::bigint)), 0)
   FROM pg_attribute
   WHERE attrelid >= 16384 AND attnum > 0
     AND attrelid IN (
       SELECT oid FROM pg_class
       WHERE oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm', 'c', 'f') AND relpersistence <> 't')),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_attrdef WHERE oid >= 16384 AND adrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_constraint WHERE oid >= 16384 AND connamespace NOT IN (SELECT oid FROM passing)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(indexrelid::bigint, xmin::text::bigint)), 0)
   FROM pg_index
   WHERE indexrelid >= 16384 AND indexrelid IN (
     SELECT oid FROM pg_class
     WHERE oid >= 16384 AND relkind IN ('i', 'I') AND relnamespace <> 99
       AND relpersistence <> 't')),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(inhrelid::bigint * 65536 + inhseqno, xmin::text::bigint)), 0)
   FROM pg_inherits),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(partrelid::bigint, xmin::text::bigint)), 0)
   FROM pg_partitioned_table),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_type
   WHERE oid >= 16384 AND typnamespace <> 99 AND typnamespace NOT IN (SELECT oid FROM passing)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0) FROM pg_enum),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(rngtypid::bigint, xmin::text::bigint)), 0)
   FROM pg_range WHERE rngtypid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_proc WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(aggfnoid::oid::bigint, xmin::text::bigint)), 0)
   FROM pg_aggregate WHERE aggfnoid::oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_operator WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_opclass WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_opfamily WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_collation WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_cast WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_language),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0) FROM pg_am),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_ts_config WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_ts_dict WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_rewrite WHERE oid >= 16384),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_trigger
   WHERE oid >= 16384 AND NOT tgisinternal AND tgrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(oid::bigint, xmin::text::bigint)), 0)
   FROM pg_policy WHERE polrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/' || coalesce(sum(hashint8extended(seqrelid::bigint, xmin::text::bigint)), 0)
   FROM pg_sequence WHERE seqrelid NOT IN (SELECT oid FROM temporary)),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(
          classid::bigint * 4294967296 + objid::bigint, xmin::text::bigint + refobjid::bigint)), 0)
   FROM pg_depend WHERE refclassid = 3079 AND deptype = 'e'),
  (SELECT count(*) || '/'
     || coalesce(sum(hashint8extended(
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
