-- The recorded ids of a ledger, in no order. %1$s is the quoted version column, %2$s the quoted,
-- qualified table. PostgreSQL 13 and newer.
SELECT %1$s::text FROM %2$s WHERE %1$s IS NOT NULL
