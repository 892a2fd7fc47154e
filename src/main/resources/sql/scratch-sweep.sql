-- Drops a scratch database that was left over; fails when somebody connected meanwhile.
-- Parameter: name. PostgreSQL 13 and newer.
DROP DATABASE IF EXISTS %s
