-- Makes the database remember which objects are created, altered and dropped. Needs a superuser;
-- only for a throw-away server.
-- PostgreSQL 13 and newer.
--
-- The schema's name begins with pg_ as only PostgreSQL's own may: so neither our catalog queries nor
-- the tools that scripts use take what is in it for the project's.
SET allow_system_table_mods = on;
CREATE SCHEMA pg_stampguard;
-- One row per object and command. oid: the relation, type or function concerned, null for other kinds;
-- name: the parts of a dropped object's name, as pg_event_trigger_dropped_objects() gives them.
CREATE TABLE pg_stampguard.touched (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tag text NOT NULL,
  kind text,
  oid oid,
  name text[]
);
CREATE FUNCTION pg_stampguard.remember() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO pg_stampguard.touched (tag, kind, oid)
  SELECT c.command_tag, c.object_type,
         CASE c.classid
           WHEN 'pg_class'::regclass THEN coalesce(
             (SELECT i.indrelid FROM pg_index i WHERE i.indexrelid = c.objid), c.objid)
           WHEN 'pg_proc'::regclass THEN c.objid
           WHEN 'pg_type'::regclass THEN c.objid
           WHEN 'pg_trigger'::regclass THEN (SELECT t.tgrelid FROM pg_trigger t WHERE t.oid = c.objid)
           WHEN 'pg_policy'::regclass THEN (SELECT p.polrelid FROM pg_policy p WHERE p.oid = c.objid)
           WHEN 'pg_constraint'::regclass THEN
             (SELECT k.conrelid FROM pg_constraint k WHERE k.oid = c.objid)
         END
  FROM pg_event_trigger_ddl_commands() c;
END $$;
CREATE FUNCTION pg_stampguard.remember_drop() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO pg_stampguard.touched (tag, kind, oid, name)
  SELECT 'dropped', d.object_type,
         CASE
           WHEN d.classid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass)
             THEN d.objid
           -- what lives in a relation has its name in front of its own
           WHEN cardinality(d.address_names) = 3
             THEN to_regclass(format('%I.%I', d.address_names[1], d.address_names[2]))::oid
         END,
         d.address_names
  FROM pg_event_trigger_dropped_objects() d
  WHERE NOT d.is_temporary;
END $$;
CREATE EVENT TRIGGER stampguard_remember ON ddl_command_end
  EXECUTE FUNCTION pg_stampguard.remember();
CREATE EVENT TRIGGER stampguard_remember_drop ON sql_drop
  EXECUTE FUNCTION pg_stampguard.remember_drop();
RESET allow_system_table_mods
