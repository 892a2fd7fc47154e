package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.tool.MigrationProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tool a run is about, by {@code --tool}, the settings and what is there. */
class MeantToolTest {
  private static final String NOWHERE = "postgresql://nobody@127.0.0.1:1/none";

  @TempDir private Path directory;
  private AlembicFiles files;

  @BeforeEach
  void useTwo() {
    files = new AlembicFiles(directory).revision("aaa", "None", "pass");
    files.write("flyway.toml", "[flyway]\nlocations = ['filesystem:sql']\n");
    files.write("sql/V1__a.sql", "CREATE TABLE a (id int);\n");
  }

  private Setup setup(String tool, Map<String, String> environment) {
    var options = new CommonOptions();
    options.output = OutputFormat.TEXT;
    options.tool = tool;
    var setup = new Setup[1];
    InProcess.run(
        directory,
        environment,
        invocation -> {
          setup[0] = Setup.of(invocation, options);
          return 0;
        });
    return setup[0];
  }

  private String found(String tool, Map<String, String> environment) {
    MigrationProject project = setup(tool, environment).requireTool();
    return project.tool() + " " + project.location();
  }

  private InProcess.Result check(Map<String, String> environment, String... options) {
    String[] words = new String[options.length + 3];
    System.arraycopy(new String[] {"check", "--url", NOWHERE}, 0, words, 0, 3);
    System.arraycopy(options, 0, words, 3, options.length);
    return InProcess.run(directory, environment, words);
  }

  @Test
  void aProjectHasAllItsToolsInOrder() {
    Project[] found = new Project[1];
    InProcess.run(
        directory,
        Map.of(),
        invocation -> {
          found[0] = Setup.project(invocation, directory);
          return 0;
        });
    assertThat(found[0].tools())
        .extracting(MigrationProject::tool)
        .containsExactly("alembic", "flyway");
    assertThat(found[0].tool()).map(MigrationProject::tool).contains("alembic");
  }

  @ParameterizedTest
  @CsvSource({
    ",,,alembic migrations",
    "flyway,,,flyway sql",
    ",flyway,,flyway sql",
    ",alembic,flyway,flyway sql",
    "alembic,flyway,flyway,alembic migrations"
  })
  void theOptionWinsOverTheVariableAndThatOverTheFile(
      String option, String file, String variable, String expected) {
    if (file != null) {
      files.write("stampguard.properties", "tool=" + file + "\n");
    }
    assertThat(found(option, variable == null ? Map.of() : Map.of("STAMPGUARD_TOOL", variable)))
        .isEqualTo(expected);
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    InProcess.Result result = check(Map.of(), "--tool", "flywya");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err())
        .contains("`--tool` names the unknown tool `flywya`")
        .contains("hint: did you mean `flyway`?");
    files.write("stampguard.properties", "\ntool=make\n");
    assertThat(check(Map.of()).err())
        .contains("`stampguard.properties:2 tool` names the unknown tool `make`")
        .contains("hint: it is one of alembic, flyway");
  }

  @Test
  void theSettingsSayWhereTheScriptsAre() {
    files.write("other/V7__b.sql", "CREATE TABLE b (id int);\n");
    files.write("stampguard.properties", "tool=flyway\nmigrations=other\n");
    MigrationProject project = setup(null, Map.of()).requireTool();
    assertThat(project.location()).isEqualTo("other");
    assertThat(project.scripts().graph().heads()).containsExactly("7");
  }

  @Test
  void scriptsElsewhereAreOfOneToolOnly() {
    assertThat(check(Map.of("STAMPGUARD_MIGRATIONS", "sql")).err())
        .contains("the setting `migrations` is of one tool, and here are several: alembic, flyway")
        .contains("hint: name the one it is of with the setting `tool` or with `--tool`");
  }

  @Test
  void scriptsThatAreNotThereAreAMistake() {
    InProcess.Result result = check(Map.of("STAMPGUARD_MIGRATIONS", "nowhere"), "--tool=flyway");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err())
        .contains("`environment STAMPGUARD_MIGRATIONS` names `nowhere`, which does not exist");
  }

  @ParameterizedTest
  @CsvSource({"alembic,migrations", "flyway,sql"})
  void aToolThatIsNamedNeedsNoSettings(String tool, String location) throws IOException {
    Files.delete(directory.resolve("alembic.ini"));
    Files.delete(directory.resolve("flyway.toml"));
    assertThat(found(tool, Map.of())).isEqualTo(tool + " " + location);
  }

  @Test
  void theToolThatIsMeantMustBeThere() throws IOException {
    Files.delete(directory.resolve("flyway.toml"));
    Files.delete(directory.resolve("sql/V1__a.sql"));
    Files.delete(directory.resolve("sql"));
    Files.move(directory.resolve("migrations"), directory.resolve("changes"));
    assertThat(check(Map.of(), "--tool=flyway").err())
        .contains("nothing of flyway is configured in `%s`".formatted(directory))
        .contains("there is no `flyway.toml`, `flyway.conf`");
    Files.delete(directory.resolve("alembic.ini"));
    assertThat(check(Map.of(), "--project", directory.toString()).err())
        .contains("no migration tool is configured in `%s`".formatted(directory))
        .contains("it holds nothing of alembic, ", "`stampguard help tools`");
  }

  @Test
  void aSecondToolThatIsBrokenIsLeftOutAloud() {
    files.write("flyway.toml", "[flyway]\nlocations = ['filesystem:nowhere']\n");
    assertThat(check(Map.of()).err())
        .contains("flyway is left out: `flyway.toml` names the location");
    assertThat(check(Map.of(), "--tool=alembic").err()).doesNotContain("left out");
    assertThat(check(Map.of(), "--tool=flyway").exitCode()).isEqualTo(ExitCode.USAGE.code());
  }
}
