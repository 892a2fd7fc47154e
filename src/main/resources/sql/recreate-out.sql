-- Writes a table's own rows. Parameters: columns and table, quoted; the table with ONLY unless it is
-- partitioned. PostgreSQL 13 and newer.
COPY (SELECT %s FROM %s) TO STDOUT
