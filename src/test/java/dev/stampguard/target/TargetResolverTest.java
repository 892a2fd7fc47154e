package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetResolverTest {
  private static final String OPTION = "postgresql://u:hunter2@option/a";
  private static final String ENVIRONMENT = "postgresql://u:hunter2@environment/b";
  private static final String ENV_FILE = "postgresql://u:hunter2@file:5433/c";
  private static final ToolUrl TOOL =
      new ToolUrl(
          TracedText.elsewhere("postgresql+psycopg2://u:hunter2@tool/d", "alembic.ini"),
          "alembic.ini:63 sqlalchemy.url",
          Optional.empty());

  @TempDir Path project;
  private Optional<Path> envFile = Optional.empty();
  private Optional<String> url = Optional.empty();
  private Optional<ToolUrl> toolUrl = Optional.empty();
  private Map<String, String> environment = Map.of();

  private TargetRequest request() {
    return new TargetRequest(
        project, project, envFile, url, "DATABASE_URL", environment, project, "me", toolUrl);
  }

  private TargetResolution resolve() {
    return new TargetResolver(socket -> false).resolve(request());
  }

  private StampguardException failure() {
    var failure = catchThrowableOfType(StampguardException.class, this::resolve);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.getMessage() + failure.hint()).doesNotContain("hunter2");
    return failure;
  }

  private void dotenv(String text) throws IOException {
    Files.writeString(project.resolve(".env"), text);
  }

  @Test
  void theStrongestSourceWinsAndTheOthersAreNamed() throws IOException {
    url = Optional.of(OPTION);
    environment = Map.of("DATABASE_URL", ENVIRONMENT, "PGDATABASE", "e", "PGHOST", "pg");
    dotenv("# which one\n\nexport DATABASE_URL='" + ENV_FILE + "' # dev\n");
    toolUrl = Optional.of(TOOL);

    var resolution = resolve();

    assertThat(resolution.target().source()).isEqualTo("--url");
    assertThat(resolution.target().describe()).isEqualTo("postgresql://u@option:5432/a");
    assertThat(resolution.target().password()).contains(new Secret("hunter2"));
    assertThat(resolution.losing())
        .containsExactly(
            new LosingSource("environment DATABASE_URL", "b", "environment", 5432, "u"),
            new LosingSource(".env:3 DATABASE_URL", "c", "file", 5433, "u"),
            new LosingSource("alembic.ini:63 sqlalchemy.url", "d", "tool", 5432, "u"),
            new LosingSource("environment PGDATABASE", "e", "pg", 5432, "me"));
    assertThat(resolution.warnings()).isEmpty();
    assertThat(resolution + request().toString() + TOOL).doesNotContain("hunter2");

    url = Optional.empty();
    assertThat(resolve().target().source()).isEqualTo("environment DATABASE_URL");
    environment = Map.of();
    assertThat(resolve().target().source()).isEqualTo(".env:3 DATABASE_URL");
    assertThat(resolve().losing()).hasSize(1);
    dotenv("");
    assertThat(resolve().target().source()).isEqualTo("alembic.ini:63 sqlalchemy.url");
  }

  @ParameterizedTest
  @CsvSource({
    "PGDATABASE, app, postgresql://me@/app?host=/var/run/postgresql&port=5432",
    "PGHOST, db, postgresql://me@db:5432/me"
  })
  void pgVariablesAloneAreTheLastSource(String variable, String value, String described)
      throws IOException {
    environment = Map.of(variable, value);
    assertThat(resolve().target().source()).isEqualTo("environment " + variable);
    assertThat(resolve().target().describe()).isEqualTo(described);

    environment = Map.of();
    dotenv("\n%s=%s\n".formatted(variable, value));
    assertThat(resolve().target().source()).isEqualTo(".env:2 " + variable);
    assertThat(resolve().target().describe()).isEqualTo(described);
  }

  @Test
  void aServiceAloneIsASourceToo() throws IOException {
    Files.writeString(project.resolve(".pg_service.conf"), "[app]\ndbname=d\nhost=h\n");
    environment = Map.of("PGSERVICE", "app");

    assertThat(resolve().target().source()).isEqualTo("environment PGSERVICE");
    assertThat(resolve().target().describe()).isEqualTo("postgresql://me@h:5432/d");
  }

  @Test
  void aServerAloneNamesNoDatabaseBesideAUrl() {
    environment = Map.of("DATABASE_URL", "postgresql://u@/b", "PGHOST", "pg");

    var resolution = resolve();

    assertThat(resolution.target().describe()).isEqualTo("postgresql://u@pg:5432/b");
    assertThat(resolution.losing()).isEmpty();
  }

  @Test
  void pgVariablesOfTheEnvFileFillTheUrlAndTheEnvironmentsOwnWin() throws IOException {
    url = Optional.of("postgresql://h/d");
    dotenv("PGPASSWORD=hunter2\nPGUSER=file\n");
    environment = Map.of("PGUSER", "process");

    assertThat(resolve().target().user()).isEqualTo("process");
    assertThat(resolve().target().password()).contains(new Secret("hunter2"));
  }

  @Test
  void environmentAndEnvFileMayDisagree() throws IOException {
    environment = Map.of("DATABASE_URL", ENVIRONMENT);
    dotenv("DATABASE_URL=" + ENV_FILE);

    var disagreement = resolve().disagreement().orElseThrow();

    assertThat(disagreement.environment().source()).isEqualTo("environment DATABASE_URL");
    assertThat(disagreement.environment().database()).isEqualTo("b");
    assertThat(disagreement.envFile().source()).isEqualTo(".env:1 DATABASE_URL");
    assertThat(disagreement.envFile().database()).isEqualTo("c");
    url = Optional.of(OPTION);
    assertThat(resolve().disagreement()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://a@h/d, postgresql+asyncpg://b:x@H:5432/d?sslmode=require, true",
    "postgresql://localhost/d, postgresql://127.0.0.1/d, true",
    "postgresql://[::1]/d, postgresql:///d, true",
    "postgresql://h/d, postgresql://h/e, false",
    "postgresql://h/d, postgresql://i/d, false",
    "postgresql://h/d, postgresql://h:5433/d, false",
    "'postgresql://h,i/d', postgresql://h/d, false",
  })
  void onlyAnotherDatabaseIsADisagreement(String one, String other, boolean same)
      throws IOException {
    environment = Map.of("DATABASE_URL", one);
    dotenv("DATABASE_URL=" + other);

    assertThat(resolve().disagreement().isEmpty()).isEqualTo(same);
  }

  @Test
  void aMalformedSourceThatLosesIsAWarning() throws IOException {
    environment = Map.of("DATABASE_URL", ENVIRONMENT);
    dotenv("DATABASE_URL=mysql://u:hunter2@h/d\nA='\n");

    var resolution = resolve();

    assertThat(resolution.losing()).isEmpty();
    assertThat(resolution.disagreement()).isEmpty();
    assertThat(resolution.warnings())
        .containsExactly(
            "`.env:2` cannot be read as `KEY=value` and is skipped",
            "`.env:1 DATABASE_URL` names a `mysql` database, and stampguard reads PostgreSQL only");
  }

  @Test
  void aMalformedSourceThatWinsIsAnError() throws IOException {
    dotenv("DATABASE_URL=postgresql://u:hunter2@h:port/d\n");
    toolUrl = Optional.of(TOOL);

    assertThat(failure())
        .hasMessage(
            "`.env:1 DATABASE_URL` does not hold a database URL that can be read: the port is not a"
                + " number from 1 to 65535");
  }

  @Test
  void anEmptyVariableCountsAsNotSetAndIsWarnedAbout() throws IOException {
    environment = Map.of("DATABASE_URL", "");
    dotenv("DATABASE_URL=" + ENV_FILE);

    var resolution = resolve();

    assertThat(resolution.target().source()).isEqualTo(".env:1 DATABASE_URL");
    assertThat(resolution.warnings())
        .containsExactly("`DATABASE_URL` is empty in the environment and counts as not set");
  }

  @Test
  void anotherEnvFileIsNamedRelativeToTheProject() throws IOException {
    Files.createDirectory(project.resolve("conf"));
    Files.writeString(project.resolve("conf/test.env"), "\nDATABASE_URL=" + ENV_FILE);
    dotenv("DATABASE_URL=" + OPTION);

    envFile = Optional.of(Path.of("conf/test.env"));
    assertThat(resolve().target().source()).isEqualTo("conf/test.env:2 DATABASE_URL");
    envFile = Optional.of(project.resolve("conf/test.env").toAbsolutePath());
    assertThat(resolve().target().source()).isEqualTo("conf/test.env:2 DATABASE_URL");
    assertThat(resolve().losing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"missing.env", "."})
  void anEnvFileThatIsAskedForMustExist(String name) {
    envFile = Optional.of(project.resolve(name));
    url = Optional.of(OPTION);

    assertThat(failure().getMessage()).contains("does not exist");
  }

  @Test
  void aDirectoryNamedLikeTheEnvFileIsNone() throws IOException {
    Files.createDirectory(project.resolve(".env"));
    url = Optional.of(OPTION);

    assertThat(resolve().warnings()).isEmpty();
  }

  @Test
  void anUnreadableEnvFileMattersOnlyWhereItIsNeeded() throws IOException {
    Files.write(project.resolve(".env"), new byte[] {'A', '=', (byte) 0xFF});

    assertThat(failure()).hasMessage("`.env` is not UTF-8 text");
    environment = Map.of("DATABASE_URL", ENVIRONMENT);
    assertThat(resolve().warnings()).containsExactly("`.env` is not UTF-8 text");
  }

  @Test
  void nothingFoundSaysWhereItWasLookedFor() throws IOException {
    var failure = failure();
    assertThat(failure)
        .hasMessage(
            "no database is named: there is no `--url`, neither `DATABASE_URL` nor `PGSERVICE`,"
                + " `PGDATABASE` or `PGHOST` is set in the environment (there is no `.env`), and the"
                + " migration tool's configuration has no URL that can be read");
    assertThat(failure.hint())
        .contains(
            "stampguard target --url postgresql://USER@localhost:5432/DATABASE (or set `DATABASE_URL` to that)");

    dotenv("TEST_URL=postgresql+asyncpg://u:hunter2@h/d\nREDIS_URL=redis://h\n");
    failure = failure();
    assertThat(failure).hasMessageContaining("set in the environment or in `.env`, and");
    assertThat(failure.hint()).contains("stampguard target --url-variable TEST_URL");
  }
}
