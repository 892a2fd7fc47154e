-- Databases of ours whose run is over: our name, our mark, nobody connected, nobody who holds the
-- lock of a replacement (replacement-lock.sql), and either the owner was connected once (the comment
-- says so) or it had a minute to do so.
-- PostgreSQL 13 and newer.
SELECT d.datname
FROM pg_database d
WHERE d.datname ~ '^stampguard_scratch_[0-9a-f]+_[0-9]+$'
  AND d.datconnlimit = 6174
  AND pg_has_role(d.datdba, 'USAGE')
  AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
  AND NOT EXISTS (
    SELECT
    FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.classid = 6174 AND l.objid = d.oid AND l.objsubid = 2)
  AND (shobj_description(d.oid, 'pg_database') LIKE 'stampguard scratch database%'
       OR split_part(d.datname, '_', 4)::bigint < extract(epoch FROM now()) - 60)
ORDER BY d.datname
