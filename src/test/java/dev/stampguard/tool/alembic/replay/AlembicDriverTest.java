package dev.stampguard.tool.alembic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.python.driver.DriverRunner;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("postgres")
class AlembicDriverTest {
  @TempDir Path directory;

  private final PostgresServer server = PostgresServer.shared();

  static Stream<Interpreter> pythons() {
    return Pythons.withAlembic().stream();
  }

  /** Seen from another connection, so that only what is committed counts. */
  @ParameterizedTest
  @MethodSource("pythons")
  void theLedgerIsRightAfterEveryRevision(Interpreter python) throws SQLException {
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision("a1", "None", "op.execute('CREATE TABLE t (i int)')")
            .revision(
                "a2",
                "'a1'",
                """
                bind = op.get_bind()
                bind.commit() if hasattr(bind, "commit") else bind.execute("COMMIT")
                """)
            .revision("a3", "'a2'", "op.execute('COMMIT')\nop.execute('DROP TABLE t')")
            .revision(
                "a4",
                "'a3'",
                """
                op.execute('COMMIT')
                op.execute('CREATE TABLE committed (i int)')
                op.execute('COMMIT')
                op.execute('SELECT 1/0')
                """)
            .revision("b1", "'a1'", "op.execute('CREATE TABLE b (i int)')")
            .revision("c1", "('a3', 'b1')", "pass");
    String database = server.createDatabase();

    try (var driver = DriverRunner.start(run(files), python, server.target(database))) {
      driver.connect();
      assertRunsTo(driver, database, "a1", "a1");
      assertRunsTo(driver, database, "a2", "a2");
      assertRunsTo(driver, database, "a3", "a3");
      assertThat(driver.run("a4"))
          .isEqualTo(
              new RevisionOutcome.Failed(
                  "`migrations/versions/a4.py:14`: division by zero",
                  14,
                  Optional.empty(),
                  Optional.empty()));
      assertThat(ledger(database)).containsExactly("a3");
      assertRunsTo(driver, database, "b1", "a3", "b1");
      assertRunsTo(driver, database, "c1", "c1");
      assertThat(driver.finish()).containsExactly("c1");
    }
  }

  private void assertRunsTo(
      DriverRunner driver, String database, String revision, String... recorded)
      throws SQLException {
    assertThat(driver.run(revision)).isEqualTo(new RevisionOutcome.Done());
    assertThat(ledger(database)).containsExactly(recorded);
  }

  private static AlembicRun run(AlembicFiles files) {
    return new AlembicRun(
        files.project().settingsFiles(),
        new LedgerLocation(Optional.empty(), "my_versions"),
        new RunSettings(
            Optional.empty(),
            Map.of(),
            false,
            Map.of(),
            List.of(),
            "DATABASE_URL",
            Duration.ofMinutes(1)));
  }

  private List<String> ledger(String database) throws SQLException {
    try (var connection = server.connect(database);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT array_agg(version_num ORDER BY 1) FROM my_versions")) {
      rows.next();
      return List.of((String[]) rows.getArray(1).getArray());
    }
  }
}
