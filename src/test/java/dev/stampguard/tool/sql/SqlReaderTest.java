package dev.stampguard.tool.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.CreateIndex;
import dev.stampguard.tool.SchemaOperation.CreateObject;
import dev.stampguard.tool.SchemaOperation.CreateTable;
import dev.stampguard.tool.SchemaOperation.Drop;
import dev.stampguard.tool.SchemaOperation.Redefine;
import dev.stampguard.tool.SchemaOperation.SetSearchPath;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO a VALUES ('DROP TABLE b; --')",
        "/* CREATE TABLE x /* nested */ (); */ UPDATE a SET b = $$; DROP TABLE c$$",
        "WITH x AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM x",
        "SELECT current_schema(), setval('s', 1); SET lock_timeout = '1s'; COMMENT ON TABLE a IS 'DROP'",
        "GRANT SELECT ON a TO b; CREATE TEMPORARY TABLE t (a int); CREATE ROLE x",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x",
        "",
        "-- nothing\n;;"
      })
  void whatLeavesTheCatalogAloneIsReadable(String sql) {
    assertThat(SqlReader.read(sql, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TYPE t ADD VALUE 'x' BEFORE 'y'",
        "ALTER DOMAIN d SET NOT NULL",
        "ALTER SEQUENCE s INCREMENT BY 2",
        "ALTER FUNCTION f(int) STABLE",
        "ALTER INDEX i SET (fillfactor = 70)",
        "ALTER VIEW v ALTER COLUMN a SET DEFAULT 1",
        "ALTER VIEW v RENAME COLUMN a TO b",
        "ALTER MATERIALIZED VIEW v CLUSTER ON i",
        "ALTER TRIGGER t ON a DEPENDS ON EXTENSION x",
        "ALTER POLICY p ON a USING (true)",
        "ALTER EXTENSION x SET SCHEMA s"
      })
  void whatChangesNoNameIsStillSeen(String sql) {
    assertThat(SqlReader.read(sql, 3)).containsExactly(new Redefine(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DO $$ BEGIN CREATE TABLE x (a int); END $$",
        "CALL refresh_all()",
        "SET SCHEMA 'app'",
        "SELECT create_hypertable('metrics', 'at')",
        "SELECT * INTO copy FROM a",
        "ALTER TABLE IF EXISTS a ADD COLUMN b int",
        "ALTER SCHEMA a RENAME TO b",
        "CREATE INDEX ON a (lower(b))",
        "CREATE AGGREGATE s (int) (SFUNC = f, STYPE = int)",
        "FROBNICATE"
      })
  void whatCannotBeKnownIsUnreadable(String sql) {
    assertThat(SqlReader.read(sql, 7))
        .singleElement()
        .isInstanceOfSatisfying(Unreadable.class, u -> assertThat(u.line()).isEqualTo(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET search_path TO app",
        "SET LOCAL search_path = app, public",
        "set session search_path to \"app\""
      })
  void followsTheSearchPath(String sql) {
    assertThat(SqlReader.read(sql, 7)).containsExactly(new SetSearchPath(7, "app"));
  }

  @Test
  void aRangeTypeIsNoObject() {
    assertThat(SqlReader.read("CREATE TYPE span AS RANGE (subtype = int4)", 1)).isEmpty();
    assertThat(SqlReader.read("CREATE TYPE mood AS ENUM ('a')", 1)).hasSize(1);
  }

  @Test
  void saysWhatAnUnreadableStatementMayDrop() {
    assertThat(SqlReader.read("DO $$ BEGIN DROP TABLE old_users; END $$", 1))
        .singleElement()
        .isInstanceOfSatisfying(
            Unreadable.class, u -> assertThat(u.mayDrop()).contains("old_users"));
    assertThat(SqlReader.read("DO $$ BEGIN CREATE TABLE x (a int); END $$", 1))
        .singleElement()
        .isInstanceOfSatisfying(Unreadable.class, u -> assertThat(u.mayDrop()).isEmpty());
  }

  @Test
  void readsATableWithEveryKindOfConstraint() {
    var table =
        (CreateTable)
            SqlReader.read(
                    """
                    CREATE TABLE IF NOT EXISTS app."Order" (
                      id int PRIMARY KEY, n numeric(10, 2) DEFAULT 1.5 CHECK (n > 0),
                      u int UNIQUE REFERENCES users (id) ON DELETE SET NULL,
                      CONSTRAINT fk FOREIGN KEY (u, n) REFERENCES app.other,
                      EXCLUDE USING gist (n WITH =), UNIQUE NULLS NOT DISTINCT (n, u))
                    """,
                    3)
                .getFirst();
    assertThat(table.table()).hasToString("app.\"Order\"");
    assertThat(table.ifNotExists()).isTrue();
    assertThat(table.columns()).containsExactly("id", "n", "u");
    assertThat(table.constraints())
        .extracting(c -> c.kind() + c.name().orElse("") + c.columns())
        .containsExactly(
            "PRIMARY_KEY[id]",
            "CHECK[n]",
            "UNIQUE[u]",
            "FOREIGN_KEY[u]",
            "FOREIGN_KEYfk[u, n]",
            "EXCLUSION[n]",
            "UNIQUE[n, u]");
    assertThat(table.constraints().get(3).references().orElseThrow().name()).isEqualTo("users");
  }

  @Test
  void aTableThatTakesColumnsFromElsewhereIsThereButNotAllRead() {
    assertThat(SqlReader.read("CREATE TABLE p PARTITION OF m FOR VALUES IN (1)", 1))
        .extracting(o -> o.getClass().getSimpleName())
        .containsExactly("CreateTable", "Unreadable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f(a int, b varchar(20) DEFAULT 'x', OUT c text) | integer, character varying",
        "f(timestamptz, timestamp, time with time zone) | timestamp with time zone, timestamp without time zone, time with time zone",
        "f(VARIADIC x int[], INOUT y double precision) | integer[], double precision",
        "f() | ''",
        "f(p app.money, bool) | app.money, boolean"
      })
  void writesArgumentTypesAsPostgresDoes(String signature, String types) {
    assertThat(
            SqlReader.read(
                "CREATE FUNCTION " + signature + " RETURNS int LANGUAGE sql AS 'select 1'", 1))
        .extracting(o -> ((CreateObject) o).object())
        .containsExactly(ObjectName.function("", "f", types));
  }

  @Test
  void cutsStatementsOutsideOfStringsAndBodies() {
    List<SchemaOperation> read =
        SqlReader.read(
            """
            CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 1; END;
            DROP TABLE IF EXISTS a, b.c CASCADE;
            CREATE INDEX CONCURRENTLY i ON t USING gin (a gin_trgm_ops, lower(b)) WHERE c > 0
            """,
            10);
    assertThat(read).extracting(SchemaOperation::line).containsExactly(10, 11, 11, 12);
    assertThat(read.get(2))
        .isInstanceOfSatisfying(Drop.class, d -> assertThat(d.cascade()).isTrue());
    assertThat(read.get(3))
        .isInstanceOfSatisfying(
            CreateIndex.class,
            i -> {
              assertThat(i.index().columns()).containsExactly("a");
              assertThat(i.index().mentions()).contains("b", "c");
            });
  }
}
