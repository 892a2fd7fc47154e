-- Rows of PostgreSQL's own tables that objects are made of.
-- Parameters of the prepared statement around it: $1 the oldest transaction that may have written
-- something new, $2 later ones whose rows are known already.
-- Columns: table; its new rows, each as "key root transaction name": a number that is the row's own, the oid
-- of what has to be read again for it, who wrote it, and a name that others' definitions may hold;
-- how many rows there are, null where a row never goes without another one's being written or going.
-- PostgreSQL 13 and newer.
--
-- Where two oids make a row its own, the key holds both. Everything up to oid 16384 came with
-- PostgreSQL, only schema public may change. age() knows that transaction numbers start over; what
-- initdb wrote has the greatest age. Updates in place, which leave xmin as it is, write statistics only.
SELECT 'pg_namespace' AS catalog,
       array_agg(concat_ws(' ', oid, oid, xmin, nspname))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)) AS rows,
       count(*) AS total
FROM pg_namespace
UNION ALL
SELECT 'pg_extension',
       array_agg(concat_ws(' ', oid, oid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_extension
UNION ALL
-- 99: pg_toast
SELECT 'pg_class',
       array_agg(concat_ws(' ', oid, oid, xmin, relnamespace, relname))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_class
WHERE oid >= 16384 AND relnamespace <> 99
UNION ALL
-- The name of a dropped column is empty.
SELECT 'pg_attribute',
       array_agg(concat_ws(' ', attrelid::bigint << 16 | attnum, attrelid, xmin,
                           CASE WHEN attisdropped THEN '' ELSE attname END))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_attribute
WHERE attrelid >= 16384 AND attnum > 0
UNION ALL
SELECT 'pg_attrdef',
       array_agg(concat_ws(' ', oid, adrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_attrdef
UNION ALL
SELECT 'pg_index',
       array_agg(concat_ws(' ', indexrelid, indrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_index
WHERE indexrelid >= 16384
UNION ALL
SELECT 'pg_constraint',
       array_agg(concat_ws(' ', oid, greatest(conrelid, contypid), xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_constraint
WHERE oid >= 16384
UNION ALL
SELECT 'pg_trigger',
       array_agg(concat_ws(' ', oid, tgrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_trigger
WHERE NOT tgisinternal
UNION ALL
SELECT 'pg_policy',
       array_agg(concat_ws(' ', oid, polrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_policy
UNION ALL
SELECT 'pg_rewrite',
       array_agg(concat_ws(' ', oid, ev_class, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_rewrite
WHERE oid >= 16384
UNION ALL
SELECT 'pg_sequence',
       array_agg(concat_ws(' ', seqrelid, seqrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_sequence
UNION ALL
SELECT 'pg_foreign_table',
       array_agg(concat_ws(' ', ftrelid, ftrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_foreign_table
UNION ALL
-- Not the arrays, which follow their element.
SELECT 'pg_type',
       array_agg(concat_ws(' ', oid::bigint << 32 | typrelid::bigint, oid, xmin, typnamespace, typname))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_type
WHERE oid >= 16384 AND typcategory <> 'A'
UNION ALL
SELECT 'pg_enum',
       array_agg(concat_ws(' ', oid, enumtypid, xmin, enumlabel))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM pg_enum
UNION ALL
SELECT 'pg_proc',
       array_agg(concat_ws(' ', oid, oid, xmin, pronamespace, proname))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_proc
WHERE oid >= 16384
UNION ALL
SELECT 'pg_inherits',
       array_agg(concat_ws(' ', inhrelid::bigint << 32 | inhparent::bigint, inhrelid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_inherits
UNION ALL
-- Sequences and the tables whose columns own them; LATERAL and OFFSET 0, as indexes have such a row too.
SELECT 'owned',
       array_agg(concat_ws(' ', objid::bigint << 32 | refobjid::bigint, refobjid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM (
  SELECT d.*
  FROM pg_sequence
  CROSS JOIN LATERAL (
    SELECT objid, refobjid, xmin
    FROM pg_depend
    WHERE classid = 'pg_class'::regclass AND objid = seqrelid
      AND refclassid = 'pg_class'::regclass AND refobjsubid > 0 AND deptype IN ('a', 'i')
    OFFSET 0) d) sequence
UNION ALL
-- What belongs to an extension.
SELECT 'member',
       array_agg(concat_ws(' ', classid::bigint << 32 | objid::bigint, objid, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       count(*)
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
UNION ALL
-- What else definitions name.
SELECT 'named',
       array_agg(concat_ws(' ', key, 0, xmin, ''))
         FILTER (WHERE age(xmin) <= (SELECT age($1)) AND xmin <> ALL ($2)),
       NULL
FROM (
  SELECT tableoid::bigint << 32 | oid::bigint AS key, xmin FROM pg_collation WHERE oid >= 16384
  UNION ALL
  SELECT tableoid::bigint << 32 | oid::bigint, xmin FROM pg_operator WHERE oid >= 16384
  UNION ALL
  SELECT tableoid::bigint << 32 | oid::bigint, xmin FROM pg_opclass WHERE oid >= 16384
  UNION ALL
  SELECT tableoid::bigint << 32 | oid::bigint, xmin FROM pg_ts_config WHERE oid >= 16384
  UNION ALL
  SELECT tableoid::bigint << 32 | oid::bigint, xmin FROM pg_foreign_server) other
