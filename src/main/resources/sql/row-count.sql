-- One element of row-counts.sql; %s is the quoted, qualified name of a table.
(SELECT count(*) FROM %s)
