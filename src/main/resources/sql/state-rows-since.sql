-- As state-rows.sql, and how many of the rows were written by transactions that an earlier snapshot
-- does not see. A row's xmin has 32 bits, which age() tells apart only as far back as the snapshot
-- reaches; so it is asked only about rows no older than that.
-- %1$s is the table, quoted and qualified; %2$s the earlier pg_snapshot as an escaped literal.
-- PostgreSQL 13 and newer.
SET LOCAL row_security = off;
SELECT count(*),
       count(*) FILTER (
         WHERE age(t.xmin) BETWEEN 0 AND s.span
           AND NOT pg_visible_in_snapshot((s.now - age(t.xmin))::text::xid8, s.earlier))
FROM ONLY %1$s t
CROSS JOIN (
  SELECT q.earlier, q.now,
         least(q.now - pg_snapshot_xmin(q.earlier)::text::bigint, 2147483646) AS span
  FROM (
    SELECT '%2$s'::pg_snapshot AS earlier,
           pg_snapshot_xmax(pg_current_snapshot())::text::bigint
             + age(pg_snapshot_xmax(pg_current_snapshot())::xid) AS now) q) s
