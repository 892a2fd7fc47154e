-- Prepares what is asked after every revision: planning it costs more than running it.
-- Parameters: the queries for roots and definitions, both restricted to an array of object ids.
-- The search path is the one the queries run with; another one would have them planned again.
-- PostgreSQL 13 and newer.
SET search_path = pg_catalog;
SET plan_cache_mode = force_generic_plan;
PREPARE stampguard_events(bigint) AS
  SELECT t.id, t.tag, t.kind, t.oid, t.name
  FROM pg_stampguard.touched t
  WHERE t.id > $1
  ORDER BY t.id;
-- What was touched after a row, with the tables whose columns own a touched sequence, the sequences
-- that touched tables own, the columns of touched composite types, and everything that inherits from
-- a touched table. LATERAL and OFFSET 0, so that pg_depend is looked up by its indexes.
PREPARE stampguard_reach(bigint) AS
  WITH RECURSIVE direct AS MATERIALIZED (
    SELECT DISTINCT t.oid FROM pg_stampguard.touched t WHERE t.id > $1 AND t.oid IS NOT NULL
  ), owner AS MATERIALIZED (
    SELECT direct.oid FROM direct
    UNION
    SELECT o.refobjid
    FROM direct
    CROSS JOIN LATERAL (
      SELECT d.refobjid
      FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = direct.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      OFFSET 0) o
  ), reach AS (
    SELECT owner.oid FROM owner
    UNION
    SELECT i.inhrelid FROM reach JOIN pg_inherits i ON i.inhparent = reach.oid
  )
  SELECT array_agg(r.oid)
  FROM (
    SELECT reach.oid FROM reach
    UNION
    SELECT o.objid
    FROM reach
    CROSS JOIN LATERAL (
      SELECT d.objid
      FROM pg_depend d
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = reach.oid
        AND d.classid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      OFFSET 0) o
    UNION
    SELECT t.typrelid FROM direct JOIN pg_type t ON t.oid = direct.oid WHERE t.typrelid <> 0) r;
PREPARE stampguard_roots(oid[]) AS %s;
PREPARE stampguard_definitions(oid[]) AS %s
