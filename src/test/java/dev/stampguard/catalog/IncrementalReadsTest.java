package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens, looking at what was touched must tell the same as looking at everything. */
@Tag("postgres")
class IncrementalReadsTest {
  private static final PostgresConnector CONNECTOR =
      new PostgresConnector(
          new ConnectTimeout(Duration.ofSeconds(10)),
          new StatementTimeout(Duration.ofSeconds(60)),
          new LockTimeout(Duration.ofSeconds(10)));

  /** One step each; every statement of PostgreSQL that is known to change more than it names. */
  private static final List<String> STEPS =
      List.of(
          "CREATE TABLE a (id serial PRIMARY KEY, name varchar(20) UNIQUE, n int DEFAULT 3)",
          "CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int REFERENCES a)",
          "INSERT INTO a (name) VALUES ('data only')",
          "CREATE INDEX ix_n ON a (n); CREATE INDEX ix_lower ON a (lower(name))",
          "DROP INDEX ix_n",
          "CREATE VIEW v AS SELECT id, name FROM a",
          "CREATE MATERIALIZED VIEW m AS SELECT id, name FROM v",
          "CREATE INDEX ix_m ON m (id)",
          "REFRESH MATERIALIZED VIEW m",
          "ALTER TABLE a ADD CONSTRAINT positive CHECK (n > 0)",
          "ALTER TABLE a RENAME CONSTRAINT positive TO above_zero",
          "ALTER TABLE a RENAME COLUMN id TO key",
          "ALTER TABLE a RENAME TO c",
          "ALTER VIEW v RENAME COLUMN name TO label",
          "ALTER VIEW v RENAME TO w",
          "ALTER SEQUENCE a_id_seq RENAME TO c_seq",
          "ALTER TABLE c ALTER COLUMN n TYPE bigint, ALTER COLUMN n SET NOT NULL",
          "ALTER TABLE c ALTER COLUMN n DROP DEFAULT, ADD COLUMN g int GENERATED ALWAYS AS (2) STORED",
          "CREATE TYPE mood AS ENUM ('sad', 'glad')",
          "ALTER TABLE c ADD COLUMN mood mood DEFAULT 'glad'",
          "ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'",
          "ALTER TYPE mood ADD VALUE 'so' BEFORE 'happy'",
          "ALTER TYPE mood RENAME TO humour",
          "CREATE TYPE pair AS (x int, y text)",
          "ALTER TYPE pair ADD ATTRIBUTE z int",
          "CREATE DOMAIN score AS int CHECK (VALUE < 10)",
          "ALTER DOMAIN score SET DEFAULT 4",
          "CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql AS 'SELECT i'",
          "CREATE OR REPLACE FUNCTION f(i int) RETURNS int LANGUAGE sql AS 'SELECT i + 1'",
          "CREATE FUNCTION f(t text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "DROP FUNCTION f(text)",
          "ALTER FUNCTION f(int) RENAME TO h",
          "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
          "CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int)",
          "CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
          "CREATE TRIGGER t AFTER INSERT ON c FOR EACH ROW EXECUTE FUNCTION trg()",
          "ALTER TABLE c DISABLE TRIGGER t",
          "ALTER TRIGGER t ON c RENAME TO tt",
          "ALTER FUNCTION trg() RENAME TO fired",
          "DROP TRIGGER tt ON c",
          "ALTER TABLE c ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON c USING (n > 1)",
          "ALTER POLICY own ON c RENAME TO mine",
          "DROP POLICY mine ON c",
          "CREATE SEQUENCE s",
          "ALTER SEQUENCE s INCREMENT 5",
          "ALTER SEQUENCE s OWNED BY b.a",
          "ALTER SEQUENCE s OWNED BY c.n",
          "ALTER SEQUENCE s OWNED BY NONE",
          "ALTER SEQUENCE s OWNED BY c.n",
          "DROP SEQUENCE s",
          "CREATE TABLE part (k int, t text) PARTITION BY RANGE (k)",
          "CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (10)",
          "CREATE TABLE part2 (k int, t text)",
          "ALTER TABLE part ATTACH PARTITION part2 FOR VALUES FROM (10) TO (20)",
          "CREATE INDEX ix_part ON part (k)",
          "ALTER TABLE part ADD COLUMN extra int",
          "ALTER TABLE part DETACH PARTITION part2",
          "CREATE TABLE parent (x int); CREATE TABLE child (y int) INHERITS (parent)",
          "ALTER TABLE parent ADD COLUMN z int",
          "ALTER TABLE child NO INHERIT parent",
          "CREATE SCHEMA other CREATE TABLE inside (i int)",
          "ALTER TABLE other.inside SET SCHEMA public",
          "ALTER SCHEMA other RENAME TO another",
          "CREATE TABLE another.deep (c int REFERENCES c (key))",
          "ALTER TABLE c DROP COLUMN name CASCADE",
          "DROP TABLE c CASCADE",
          "DROP TYPE humour CASCADE",
          "CREATE TABLE again AS SELECT 1 AS one",
          "SELECT 2 AS two INTO once_more",
          "CREATE TEMPORARY TABLE passing (i int); DROP TABLE passing",
          "DROP SCHEMA another CASCADE",
          "COMMENT ON TABLE b IS 'nothing'; GRANT SELECT ON b TO PUBLIC",
          "CREATE INDEX CONCURRENTLY ix_b ON b (a)",
          "DROP INDEX CONCURRENTLY ix_b",
          "DROP SCHEMA public CASCADE; CREATE SCHEMA public",
          "CREATE TABLE last_one (id bigserial PRIMARY KEY)");

  @Test
  void tellsTheSameAsFullReads() {
    var server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute(database, "CREATE TABLE there_before (id serial)");
    try (PostgresConnection one = CONNECTOR.open(server.target(database));
        PostgresConnection other = CONNECTOR.open(server.target(database))) {
      var incremental = IncrementalReads.begin(one);
      var full = new FullReads(other);
      server.execute(database, "ALTER TABLE there_before ADD COLUMN c int");
      assertThat(incremental.changes()).isEqualTo(full.changes()).isNotEmpty();
      for (String step : STEPS) {
        server.execute(database, step);
        assertThat(incremental.changes()).as(step).isEqualTo(full.changes());
      }
      assertThat(incremental.isProven()).isTrue();
    }
  }

  @Test
  void saysSoWhenSomethingEscapedIt() {
    var server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute("postgres", "DROP ROLE IF EXISTS clerk, scribe; CREATE ROLE clerk");
    server.execute(database, "CREATE TABLE t (); CREATE POLICY p ON t TO clerk");
    try (PostgresConnection connection = CONNECTOR.open(server.target(database))) {
      var incremental = IncrementalReads.begin(connection);
      // Roles are not the database's own; a policy's definition names them all the same.
      server.execute("postgres", "ALTER ROLE clerk RENAME TO scribe");
      assertThat(incremental.changes()).isEmpty();
      assertThat(incremental.isProven()).isFalse();
    } finally {
      server.execute(database, "DROP TABLE t; DROP ROLE scribe");
    }
  }
}
