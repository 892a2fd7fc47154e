SET search_path TO pg_catalog;
SET ROLE pg_monitor;
RESET ROLE;
CREATE TABLE public.floors (id integer PRIMARY KEY);
