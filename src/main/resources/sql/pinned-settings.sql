-- Pins every setting that changes what pg_get_*def prints, until the transaction ends.
-- Result set: the values set, of no interest.
-- Parameters: statement_timeout and lock_timeout in milliseconds. PostgreSQL 13 and newer.
--
-- set_config(…, true) instead of SET LOCAL, because a parameter can be a value there. Functions are
-- qualified: the caller's search path is still in force. jit is off because compiling the catalog
-- queries takes longer than running them.
SELECT pg_catalog.set_config('statement_timeout', ?, true),
       pg_catalog.set_config('lock_timeout', ?, true),
       pg_catalog.set_config('search_path', 'pg_catalog', true),
       pg_catalog.set_config('TimeZone', 'UTC', true),
       pg_catalog.set_config('DateStyle', 'ISO, YMD', true),
       pg_catalog.set_config('IntervalStyle', 'postgres', true),
       pg_catalog.set_config('bytea_output', 'hex', true),
       pg_catalog.set_config('lc_monetary', 'C', true),
       pg_catalog.set_config('extra_float_digits', '1', true),
       pg_catalog.set_config('quote_all_identifiers', 'off', true),
       pg_catalog.set_config('standard_conforming_strings', 'on', true),
       pg_catalog.set_config('xmloption', 'content', true),
       pg_catalog.set_config('jit', 'off', true)
