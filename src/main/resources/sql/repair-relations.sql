-- Every table and materialized view, with what shows that this transaction holds it for itself or
-- wrote it anew.
-- Columns: oid, schema, name (both unquoted), file node (0 for partitioned tables), whether this
-- session holds its strongest lock, whether it holds one that only writers take.
-- PostgreSQL 13 and newer.
SELECT c.oid::pg_catalog.text,
       n.nspname::pg_catalog.text,
       c.relname::pg_catalog.text,
       c.relfilenode::pg_catalog.text,
       EXISTS (
         SELECT
         FROM pg_catalog.pg_locks l
         WHERE l.locktype = 'relation'
           AND l.relation = c.oid
           AND l.pid = pg_catalog.pg_backend_pid()
           AND l.mode = 'AccessExclusiveLock'
           AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
       )::pg_catalog.text,
       EXISTS (
         SELECT
         FROM pg_catalog.pg_locks l
         WHERE l.locktype = 'relation'
           AND l.relation = c.oid
           AND l.pid = pg_catalog.pg_backend_pid()
           AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
           AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
       )::pg_catalog.text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm')
  AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
