package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.Eventually;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever tool a project uses, its healthy answer stands until something changes it depends on.
 */
class RememberedToolsTest {
  /** Asking what the server has seen takes a few hundred bytes, reading the catalog thousands. */
  private static final int SHORT = 1_500;

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;

  @TempDir private Path caches;

  private final Map<String, String> environment = new HashMap<>();

  /** Makes a database and, in a directory, its project. */
  private interface Building {
    void build(PostgresServer server, String database, Path directory);
  }

  /**
   * A healthy project, and what makes its answer another one.
   *
   * @param change of the project or of the environment
   */
  private record Sample(String name, Building building, Change change) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Something that a new answer is needed for. */
  private interface Change {
    void apply(Path project, Map<String, String> environment);
  }

  private static Change edit(String file, UnaryOperator<String> edit) {
    return (project, environment) -> {
      try {
        Path path = project.resolve(file);
        String text = Files.readString(path);
        String edited = edit.apply(text);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(path, edited);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static Change write(String file, String text) {
    return (project, environment) -> {
      try {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static Change set(String name, String value) {
    return (project, environment) -> environment.put(name, value);
  }

  private static Sample sql(String tool, Change change) {
    return new Sample(tool, SqlFilesScenario.of(tool)::build, change);
  }

  static Stream<Sample> samples() {
    return Stream.of(
        sql("goose", edit("db/migrations/00001_authors.sql", text -> text + "-- note\n")),
        sql("dbmate", set("DBMATE_MIGRATIONS_TABLE", "other")),
        sql("drizzle", edit("drizzle/meta/_journal.json", text -> text.replace("1,", "2,"))),
        sql("atlas", write("migrations/9_all.sql", "-- atlas:checkpoint\n\nSELECT 1;\n")),
        new Sample(
            "flyway",
            FlywayScenario.load("library")::build,
            set("FLYWAY_PLACEHOLDERS_OWNER", "other")),
        new Sample(
            "ecto",
            (server, database, directory) -> {
              ProgramTool ecto = ProgramTool.load("ecto");
              ecto.build(directory);
              ecto.migrate(server, database, directory);
            },
            write("config/dev.exs", "config :library, parameters: [search_path: \"other\"]\n")),
        new Sample(
            "liquibase",
            (server, database, directory) -> {
              LiquibaseScenario.copy(LiquibaseScenario.Library.LIBRARY, directory);
              LiquibaseScenario.update(
                  server, database, directory, LiquibaseScenario.Library.LIBRARY);
            },
            edit("sql/fines.sql", text -> text + "-- note\n")),
        new Sample(
            "django",
            (server, database, directory) -> {
              DjangoScenario.copyLibrary(directory);
              DjangoScenario.manage(server, database, directory, "migrate");
            },
            edit("config/settings.py", text -> text + "AUTH_USER_MODEL = 'books.Author'\n")));
  }

  private InProcess.Result run(String database, int port, String... words) {
    var all = new HashMap<>(environment);
    all.put("XDG_CACHE_HOME", caches.toString());
    all.put("PATH", System.getenv("PATH"));
    all.put(
        "DATABASE_URL",
        server.url(database).replace(":" + server.port() + "/", ":" + port + "/")
            + "?sslmode=disable");
    return InProcess.run(project, all, words);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anAnswerStandsUntilAPremiseChanges(Sample sample) throws IOException {
    String database = server.createDatabase();
    sample.building().build(server, database, project);
    InProcess.Result snapshot =
        run(
            database,
            server.port(),
            "snapshot",
            "--driver-env",
            "project",
            "--scratch",
            server.url("postgres"));
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    try (var proxy = new CountingProxy(server.port())) {
      assertThat(isShort(database, proxy)).as("the first look").isFalse();
      assertThat(Eventually.within(() -> isShort(database, proxy))).as("a later one").isTrue();
      sample.change().apply(project, environment);
      int before = proxy.bytesSent();
      run(database, proxy.port(), "check");
      assertThat(proxy.bytesSent() - before).as("after a change").isGreaterThan(SHORT);
    }
  }

  /** Whether a check reads no table, having said that all is well. */
  private boolean isShort(String database, CountingProxy proxy) {
    int before = proxy.bytesSent();
    InProcess.Result result = run(database, proxy.port(), "check");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    return proxy.bytesSent() - before < SHORT;
  }
}
