package dev.stampguard.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.alembic.Fixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The proof: the names that reading the scripts predicts are the names that the real Alembic
 * leaves, after every single revision.
 */
@Tag("postgres")
class ScriptExpectationPostgresTest {
  private static final String LEDGER = "shop_version";

  /** Kind and up to three name parts of everything the contract lists. */
  private static final String NAMES =
      """
      WITH relation AS (
        SELECT c.*, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
      SELECT 'SCHEMA', nspname, NULL, NULL FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
      UNION ALL SELECT 'TYPE', n.nspname, t.typname, NULL
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND (t.typtype IN ('e', 'd') OR c.relkind = 'c')
      UNION ALL SELECT 'SEQUENCE', nspname, relname, NULL FROM relation r
        WHERE relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = r.oid
          AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
      UNION ALL SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW'
          ELSE 'TABLE' END, nspname, relname, NULL FROM relation WHERE relkind IN ('r','p','v','m')
      UNION ALL SELECT 'COLUMN', nspname, relname, attname FROM relation r
        JOIN pg_attribute a ON a.attrelid = r.oid AND attnum > 0 AND NOT attisdropped
        WHERE relkind IN ('r', 'p')
      UNION ALL SELECT 'CONSTRAINT', nspname, relname, conname FROM relation r
        JOIN pg_constraint k ON k.conrelid = r.oid AND contype IN ('p', 'u', 'f', 'c', 'x')
      UNION ALL SELECT 'INDEX', nspname, relname, NULL FROM relation r
        WHERE relkind IN ('i', 'I') AND NOT EXISTS (SELECT FROM pg_constraint k
          WHERE k.conindid = r.oid AND k.contype IN ('p', 'u', 'x'))
      UNION ALL SELECT 'TRIGGER', nspname, relname, tgname FROM relation r
        JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT tgisinternal
      UNION ALL SELECT 'POLICY', nspname, relname, polname FROM relation r
        JOIN pg_policy p ON p.polrelid = r.oid
      UNION ALL SELECT 'FUNCTION', n.nspname, p.proname, oidvectortypes(p.proargtypes)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """;

  @Test
  void predictsWhatAlembicLeavesAfterEachRevision() throws SQLException {
    var server = PostgresServer.shared();
    String database = server.createDatabase();
    Expectation expectation = ScriptExpectation.of(Fixture.project("shop").scripts(), "public");
    assertThat(expectation.revisions().values()).allSatisfy(r -> assertThat(r.unread()).isEmpty());
    assertThat(expectation.gaps()).isEmpty();
    var predicted = new TreeSet<ObjectName>();
    try (var alembic =
            Alembic.start(Fixture.directory("shop").resolve("alembic.ini"), server.url(database));
        Connection connection = server.connect(database)) {
      for (RevisionExpectation revision : expectation.revisions().values()) {
        alembic.upgrade(revision.revision());
        for (Effect effect : revision.effects()) {
          assertThat(predicted.contains(effect.object()))
              .as("%s: %s before", revision.revision(), effect.object())
              .isEqualTo(effect.before().isPresent());
          if (effect.after().isPresent()) {
            predicted.add(effect.object());
          } else {
            predicted.remove(effect.object());
          }
        }
        var ledgerless = new TreeSet<>(predicted);
        ledgerless.removeIf(name -> name.equals(ObjectName.of(ObjectKind.EXTENSION, "plpgsql")));
        assertThat(names(connection))
            .as("after %s", revision.revision())
            .containsExactlyInAnyOrderElementsOf(ledgerless);
      }
    }
    assertThat(predicted).hasSizeGreaterThan(40);
  }

  private static Set<ObjectName> names(Connection connection) throws SQLException {
    var names = new TreeSet<ObjectName>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        ObjectKind kind = ObjectKind.valueOf(rows.getString(1));
        if (kind == ObjectKind.FUNCTION) {
          names.add(ObjectName.function(rows.getString(2), rows.getString(3), rows.getString(4)));
          continue;
        }
        String[] parts =
            Arrays.stream(new String[] {rows.getString(2), rows.getString(3), rows.getString(4)})
                .filter(part -> part != null)
                .toArray(String[]::new);
        if (parts.length == 1 || !parts[1].startsWith(LEDGER)) {
          names.add(ObjectName.of(kind, parts));
        }
      }
    }
    return names;
  }
}
