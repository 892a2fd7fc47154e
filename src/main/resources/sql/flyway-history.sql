-- The rows of a Flyway schema history, oldest first. PostgreSQL 13 and newer. The quoted, qualified
-- table is put in place of %s.
-- Columns: those of the table, in its order.
SELECT installed_rank::text, version::text, description::text, type::text, script::text,
       checksum::text, installed_by::text, to_char(installed_on, 'YYYY-MM-DD HH24:MI:SS.US'),
       execution_time::text, success::text
FROM %s AS history
ORDER BY history.installed_rank
