-- A name for a scratch database, with the server's time in it: how old it is must not depend on
-- anybody's clock. Parameter: random text of [0-9a-f].
-- PostgreSQL 13 and newer.
SELECT format('stampguard_scratch_%s_%s', ?, extract(epoch FROM now())::bigint)
