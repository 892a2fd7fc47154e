-- Parameters as in restore-out.sql. PostgreSQL 13 and newer.
COPY %1$s (%2$s) FROM STDIN
