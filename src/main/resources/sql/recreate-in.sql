-- Reads what recreate-out.sql wrote. Parameters: table and columns, quoted. PostgreSQL 13 and newer.
COPY %s (%s) FROM STDIN
