-- The condition for what was touched after a row of pg_stampguard.touched: it takes the place of an
-- "only" comment. Parameter: the column. $1 is the parameter of the prepared statement around it.
-- An array, so that the catalogs are looked up by their indexes.
AND (%s = ANY (ARRAY(SELECT pg_stampguard.reach($1))))
