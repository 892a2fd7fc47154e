-- What the statements of a graft take for granted, for the transaction they run in: names are qualified,
-- bodies of functions may name what is made after them, no row is hidden, and literals read as they
-- were printed.
-- PostgreSQL 13 and newer.
SET LOCAL search_path = '';
SET LOCAL check_function_bodies = off;
SET LOCAL row_security = off;
SET LOCAL standard_conforming_strings = on;
SET LOCAL transform_null_equals = off;
SET LOCAL client_min_messages = warning;
SET LOCAL xmloption = content;
SET LOCAL "TimeZone" = 'UTC';
SET LOCAL "DateStyle" = 'ISO, YMD';
SET LOCAL "IntervalStyle" = 'postgres';
SET LOCAL lc_monetary = 'C'
