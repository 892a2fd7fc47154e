-- Settings of the session that writes copied rows: as the rows were written out, whatever the
-- database's own settings are, and without limits. PostgreSQL 13 and newer.
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET default_transaction_read_only = off;
SET default_transaction_isolation = 'read committed';
SET client_min_messages = warning;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = 'postgres';
SET lc_monetary = 'C';
SET xmloption = 'content'
