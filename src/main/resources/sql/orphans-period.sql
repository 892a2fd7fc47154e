-- As orphans.sql, for a foreign key whose last column is a time: the rows that match in all others have
-- to cover it together.
-- Placeholders: as in orphans.sql; %5$s is about all columns but the last; %6$s the last of the
-- referenced columns; %7$s the last of the own ones.
-- PostgreSQL 18.
WITH orphan AS MATERIALIZED (
  SELECT concat_ws(', ', VARIADIC %1$s) AS key
  FROM %2$s AS f
  WHERE (%3$s) AND NOT coalesce(
    (SELECT pg_catalog.range_agg(p.%6$s) FROM %4$s AS p WHERE (%5$s) AND p.%6$s && f.%7$s) @> f.%7$s,
    false)
)
SELECT (SELECT count(*) FROM orphan),
       ARRAY(SELECT DISTINCT o.key FROM orphan o ORDER BY o.key LIMIT 5)
