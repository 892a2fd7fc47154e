package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
    write(
        "src/main/resources/db/migration/V1__members.sql",
        "CREATE TABLE members (id int);\nCREATE INDEX members_by_id ON members (id);");
    write(
        "src/main/resources/db/migration/V4__fines.sql", "CREATE TABLE fines (id int, due date);");
    write("src/main/java/db/migration/V2__Fill.java", "class V2__Fill {}");
    migrate(database);
  }

  private void migrate(String database) {
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

  private void haveSources() {
    write("src/main/java/dev/stampguard/scenarios/FlywayClassesTest.java", "class Any {}");
  }

  private String scratch() {
    return server.url("postgres");
  }

  /** Whoever asks, and whatever they look at, hears the same: nobody knows what it did. */
  @Test
  void whatAClassDidNobodyKnows() {
    assertThat(runs().story("--scratch", "none")).isEqualTo("unknown SG110(3) SG111(2) SG112()");
    haveSources();
    String unknown = "unknown SG111(2) SG112()";
    assertThat(runs().story("--scratch", "none")).isEqualTo(unknown);
    assertThat(runs().story("--scratch", scratch())).isEqualTo(unknown);
    assertThat(runs().run("check").exitCode()).isEqualTo(3);
    isSaid("`replay.command=./mvnw flyway:migrate -Dflyway.target={revision}`", "diagnose");

    InProcess.Result snapshot = runs().run("snapshot", "--scratch", scratch());
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertThat(snapshot.err())
        .contains(
            "stampguard: nothing tells what `2` leaves behind, so a database that records it is"
                + " unknown by this file (exit code 3)\n\nhint: say in `stampguard.properties` how"
                + " the project runs one version: replay.command=./mvnw",
            "`ignore=SG111:revision 2 # why`");
    assertThat(runs().story("--scratch", "none")).isEqualTo(unknown);
    assertThat(runs().run("check").exitCode()).isEqualTo(3);
  }

  /** Accepted, it is counted, and the gate judges all the rest. */
  @Test
  void somebodyMayAcceptThatItIsNotJudged() {
    haveSources();
    write("stampguard.properties", "ignore=SG111:revision 2 # fills a table\n");

    assertThat(runs().story("--scratch", "none")).isEqualTo("consistent SG112()");
    assertThat(runs().story("--scratch", scratch())).isEqualTo("consistent SG112()");
    InProcess.Result check = runs().run("check");
    assertThat(check.exitCode()).isZero();
    assertThat(check.err()).contains("1 accepted difference left out");
    isSaid("\"object\": \"revision 2\"", "check", "--output", "json");
    assertThat(DocumentSchema.violations(runs().run("check", "--output", "json").out())).isEmpty();
    InProcess.Result snapshot = runs().run("snapshot", "--scratch", scratch());
    assertThat(snapshot.err()).doesNotContain("nothing tells");
    assertThat(runs().run("check").exitCode()).isZero();

    server.execute(database, "DROP TABLE fines");
    assertThat(runs().story("--scratch", "none")).isEqualTo("inconsistent SG102(4) SG112()");
  }

  /** What is judged is repaired; what is not stays as open as it was. */
  @Test
  void aRepairMendsWhatIsJudged() {
    haveSources();
    server.execute(database, "DROP TABLE fines");
    assertThat(runs().story("--scratch", "none")).isEqualTo("unknown SG102(4) SG111(2) SG112()");

    InProcess.Result repair = repair("--strategy", "missing", "--assume-applied", "2");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    assertThat(runs().story("--scratch", "none")).isEqualTo("unknown SG111(2) SG112()");

    server.execute(database, "DROP INDEX members_by_id");
    InProcess.Result graft = repair();
    assertThat(graft.exitCode()).as(graft.out() + graft.err()).isZero();
    assertThat(runs().story("--scratch", "none")).isEqualTo("unknown SG111(2) SG112()");

    server.execute(database, "ALTER TABLE fines DROP COLUMN due");
    InProcess.Result refused = repair("--strategy", "graft");
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err())
        .contains(
            "`graft` needs `replay.command` in `stampguard.properties`:"
                + " `src/main/java/db/migration/V2__Fill.java` is a class",
            "or take what is missing from a healthy database with `--reference DATABASE`");

    String whole = server.createDatabase();
    migrate(whole);
    InProcess.Result taken = repair("--strategy", "graft", "--reference", whole);
    assertThat(taken.exitCode()).as(taken.out() + taken.err()).isZero();
    assertThat(runs().story("--scratch", "none")).isEqualTo("unknown SG111(2) SG112()");
  }

  private InProcess.Result repair(String... options) {
    var words =
        new ArrayList<>(
            List.of("repair", "--apply", "--yes", "--backup", "none", "--scratch", scratch()));
    words.addAll(List.of(options));
    return runs().run(words.toArray(String[]::new));
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
    haveSources();
    String scratch = scratch();
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
    InProcess.Result repair = repair("--assume-applied", "2");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    assertThat(runs().story("--scratch", "none")).isEqualTo("consistent SG112()");
  }
}
