-- Prepares what is asked after every revision: planning it costs more than running it.
-- Parameters: the queries for rows, and for roots and definitions restricted to an array of object ids.
-- The search path is the one the queries run with; another one would have them planned again. Plans
-- are made while there is next to nothing to read and must serve to the end: hence by index alone.
-- PostgreSQL 13 and newer.
SET search_path = pg_catalog;
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_memoize = off;
PREPARE stampguard_rows(xid, xid[]) AS %s;
-- Whose definitions may name one of $1 (with its row type or its array), and who reads from one of
-- $2: views, policies and bodies in standard SQL name columns they do not use.
-- LATERAL and OFFSET 0, so that pg_depend is looked up by its indexes.
PREPARE stampguard_dependents(oid[], oid[]) AS
  WITH named AS MATERIALIZED (
    SELECT unnest($1) AS oid
    UNION
    SELECT unnest(ARRAY[t.typarray, t.typrelid])
    FROM pg_type t
    WHERE t.oid = ANY ($1)
    UNION
    SELECT unnest(ARRAY[t.oid, t.typarray])
    FROM pg_class c
    JOIN pg_type t ON t.oid = c.reltype
    WHERE c.oid = ANY ($1)
  )
  SELECT d.classid::regclass::text, d.objid
  FROM named n
  CROSS JOIN LATERAL (
    SELECT d.classid, d.objid
    FROM pg_depend d
    WHERE d.refclassid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass)
      AND d.refobjid = n.oid
    OFFSET 0) d
  UNION
  SELECT d.classid::regclass::text, d.objid
  FROM unnest($2) AS n(oid)
  CROSS JOIN LATERAL (
    SELECT d.classid, d.objid
    FROM pg_depend d
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = n.oid
      AND d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass)
    OFFSET 0) d;
PREPARE stampguard_roots(oid[]) AS %s;
PREPARE stampguard_definitions(oid[]) AS %s
