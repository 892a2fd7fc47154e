-- Parameters: table, quoted and qualified; quoted columns, commas between them.
-- PostgreSQL 13 and newer. The query form, because the plain form takes no ONLY.
COPY (SELECT %2$s FROM ONLY %1$s) TO STDOUT
