package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of Flyway's some of whose migrations are classes, run by Flyway's own engine. */
class FlywayClassesTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;

  /** Where Flyway looks for classes. */
  public static final class V2__Fill extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws SQLException {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute("INSERT INTO members VALUES (1)");
      }
    }
  }

  /** One that the application hands to Flyway, wherever it is. */
  public static final class V3__Loans extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws SQLException {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute("CREATE TABLE loans (id int)");
      }
    }
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(project.resolve(name).getParent());
      Files.writeString(project.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void build() {
    write("src/main/resources/db/migration/V1__members.sql", "CREATE TABLE members (id int);");
    write("src/main/resources/db/migration/V4__fines.sql", "CREATE TABLE fines (id int);");
    write("src/main/java/db/migration/V2__Fill.java", "class V2__Fill {}");
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://localhost:%d/%s".formatted(server.port(), database),
            "postgres",
            "postgres")
        .locations("filesystem:" + project.resolve("src/main/resources/db/migration"))
        .javaMigrations(new V2__Fill(), new V3__Loans())
        .load()
        .migrate();
  }

  private FlywayRuns runs() {
    return new FlywayRuns(server, database, project);
  }

  private void isSaid(String what, String... words) {
    InProcess.Result result = runs().run(words);
    assertThat(result.exitCode() + " " + result.out() + result.err()).contains(what);
  }

  @Test
  void whatAClassDidNobodyKnowsAndNobodyMissesIt() {
    assertThat(runs().story("--scratch", "none")).isEqualTo("unknown SG110(3) SG112()");
    write("src/main/java/dev/stampguard/scenarios/FlywayClassesTest.java", "class Any {}");
    assertThat(runs().story("--scratch", "none")).isEqualTo("consistent SG112()");
    isSaid("\"exact\": false", "history", "--output", "json");

    server.execute(database, "DROP TABLE fines");
    assertThat(runs().story("--scratch", "none")).isEqualTo("inconsistent SG102(4) SG112()");
  }

  /** The application that has them; Flyway reads the database from its variables. */
  public static final class Application {
    public static void main(String[] words) {
      Flyway.configure()
          .envVars()
          .locations("filesystem:src/main/resources/db/migration")
          .javaMigrations(new V2__Fill(), new V3__Loans())
          .target(words[0])
          .load()
          .migrate();
    }
  }

  @Test
  void onlyTheApplicationReplaysThem() {
    write("src/main/java/dev/stampguard/scenarios/FlywayClassesTest.java", "class Any {}");
    String scratch = server.url("postgres");
    assertThat(runs().story("--scratch", scratch)).isEqualTo("unknown SG111(2) SG112()");
    isSaid("`replay.command` in `stampguard.properties`", "snapshot", "--scratch", scratch);

    write(
        "run",
        "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' '%s' \"$1\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Application.class.getName()));
    write("stampguard.properties", "replay.command=sh run {revision}\n");
    isSaid("holds 3 revisions", "snapshot", "--scratch", scratch);
    assertThat(runs().story("--scratch", "none")).isEqualTo("consistent SG112()");
    assertThat(runs().run("check").exitCode()).isZero();

    server.execute(database, "DROP TABLE fines");
    InProcess.Result repair =
        runs()
            .run(
                "repair",
                "--apply",
                "--yes",
                "--backup",
                "none",
                "--scratch",
                scratch,
                "--assume-applied",
                "2");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    assertThat(runs().story("--scratch", "none")).isEqualTo("consistent SG112()");
  }
}
