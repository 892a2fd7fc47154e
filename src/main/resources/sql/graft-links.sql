-- What depends on what, as pg_depend has it, but for what PostgreSQL brought along itself.
-- Columns: classid, objid, objsubid; refclassid, refobjid, refobjsubid; deptype.
-- PostgreSQL 13 and newer.
SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype
FROM pg_depend
WHERE objid >= 16384 AND refobjid >= 16384
