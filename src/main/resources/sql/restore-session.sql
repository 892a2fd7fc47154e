-- Makes a session read and write what another one prints, whatever the database's settings are, and
-- takes as long as it needs. Rows that row security hides are an error. PostgreSQL 13 and newer.
SET row_security = off;
SET search_path = pg_catalog;
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = 'postgres';
SET bytea_output = 'hex';
SET extra_float_digits = 1;
SET lc_monetary = 'C';
SET xmloption = 'content'
