-- Rows whose foreign key points at nothing: how many there are, and some of their keys, each once.
-- Columns: count; up to five keys, in order, as an array of text.
-- Placeholders: %1$s the key as an array of text; %2$s the table; %3$s which of its rows have to point at something;
-- %4$s the table they point at; %5$s whether a row of it is the one. Own rows are f, the others p.
-- PostgreSQL 13 and newer.
WITH orphan AS MATERIALIZED (
  SELECT concat_ws(', ', VARIADIC %1$s) AS key
  FROM %2$s AS f
  WHERE (%3$s) AND NOT EXISTS (SELECT FROM %4$s AS p WHERE %5$s)
)
SELECT (SELECT count(*) FROM orphan),
       ARRAY(SELECT DISTINCT o.key FROM orphan o ORDER BY o.key LIMIT 5)
