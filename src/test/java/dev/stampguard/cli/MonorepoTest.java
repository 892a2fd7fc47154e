package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository whose migrations are not at its root, where stampguard is called. */
class MonorepoTest {
  @TempDir private Path root;

  private void write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void alembicIn(String directory) throws IOException {
    new AlembicFiles(Files.createDirectories(root.resolve(directory)))
        .revision("aaa", "None", "pass");
  }

  private InProcess.Result run(String... words) {
    return InProcess.run(root, Map.of(), words);
  }

  @ParameterizedTest
  @CsvSource({
    "packages/db/prisma/schema.prisma,packages/db/prisma/migrations/1_a/migration.sql,packages/db/prisma/migrations",
    "services/x/sqitch/sqitch.plan,services/x/sqitch/deploy/a.sql,services/x/sqitch/deploy",
    "apps/api/flyway.toml,apps/api/sql/V1__a.sql,apps/api/sql",
    "backend/db/migrations/20240101000000_a.sql,backend/README,backend/db/migrations"
  })
  void theOnlyProjectBelowIsFound(String first, String second, String location) {
    write(
        first,
        first.endsWith(".toml")
            ? "[flyway]\nlocations = ['filesystem:sql']\n"
            : first.endsWith(".plan")
                ? "%syntax-version=1.0.0\n%project=x\n\na 2024-01-01T00:00:00Z N <n@x.invalid> # a\n"
                : first.endsWith(".sql")
                    ? "-- migrate:up\nCREATE TABLE a (id int);\n-- migrate:down\n"
                    : "");
    write(second, "SELECT 1;\n");
    write("node_modules/other/alembic.ini", "[alembic]\nscript_location = x\n");
    write(".cache/other/alembic.ini", "[alembic]\nscript_location = x\n");
    write("one/two/three/four/alembic.ini", "[alembic]\nscript_location = x\n");

    InProcess.Result result = run("history", "--offline", "--output", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("\"location\": \"" + location + "\"");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void itsDirectoryIsTheProject() throws IOException {
    alembicIn("apps/backend");

    InProcess.Result found = run("history", "--offline", "-v");
    assertThat(found.err()).contains("stampguard: the project is `apps/backend`");
    assertThat(run("target", "--url", "postgresql://a@h/b").out()).contains("apps/backend");
    assertThat(run("target", "--url", "postgresql://a@h/b", "--output", "json").out())
        .contains("\"project\": \"apps/backend\"");
    assertThat(run("check", "--offline", "--project", root.toString()).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "x,y,apps/backend/.env:1 DATABASE_URL,y",
    "x,,.env:1 DATABASE_URL,x",
    ",y,apps/backend/.env:1 DATABASE_URL,y",
    "x,#,.env:1 DATABASE_URL,x"
  })
  void theNearestFileThatNamesADatabaseWins(
      String above, String own, String source, String database) throws IOException {
    alembicIn("apps/backend");
    environment(".env", above);
    environment("apps/backend/.env", own);

    assertThat(run("target").out()).contains(" " + source).contains("`" + database + "` on ");
    assertThat(run("target", "--output", "json").out()).contains("\"source\": \"" + source);
    if (!"#".equals(own)) { // There the project's own file is the one that is read.
      InProcess.Result inside =
          InProcess.run(root.resolve("apps/backend"), Map.of(), "target", "--output", "json");
      assertThat(inside.out())
          .contains("\"source\": \"" + (database.equals("y") ? "" : "../../") + ".env:1 ");
    }
  }

  private void environment(String file, String database) {
    if (database != null) {
      write(
          file,
          database.equals("#")
              ? "DEBUG=1\n"
              : "DATABASE_URL=postgresql://u@localhost/" + database + "\n");
    }
  }

  @Test
  void aToolFoundOneDirectoryDownReadsTheFileBesideItsSettings() throws IOException {
    alembicIn("backend");
    environment(".env", "above");
    assertThat(run("target").out()).contains("`above` on ");

    environment("backend/.env", "own");
    assertThat(run("target").out()).contains("`own` on ").contains("backend/.env:1 DATABASE_URL");

    environment("backend/.env", "#");
    assertThat(run("target").out()).contains("`above` on ").doesNotContain("backend/.env:");
  }

  @Test
  void settingsOfTheRootHoldForAProjectWithoutItsOwn() throws IOException {
    alembicIn("apps/backend");
    write("stampguard.properties", "policy.database=*_test\n");
    assertThat(run("target", "--url", "postgresql://a@h/b").exitCode())
        .isEqualTo(ExitCode.FINDINGS.code());

    write("apps/backend/stampguard.properties", "fail-on=error\n");
    assertThat(run("target", "--url", "postgresql://a@h/b").exitCode()).isZero();
  }

  @Test
  void ofSeveralNoneIsChosen() throws IOException {
    alembicIn("apps/backend");
    alembicIn("apps/billing");

    InProcess.Result result = run("check");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err())
        .contains("but below it in `apps/backend`, `apps/billing`")
        .contains("hint: name the one you mean, as with `--project ");
    assertThat(run("target", "--url", "postgresql://a@h/b").exitCode()).isZero();
    assertThat(run("check", "--offline", "--project", "apps/billing").exitCode()).isZero();
  }

  @Test
  void nothingIsChosenBeforeEverythingWasSeen() throws IOException {
    alembicIn("apps/backend");
    for (int i = 0; i < 500; i++) {
      Files.createDirectories(root.resolve("data/d" + i));
    }
    assertThat(run("check", "--offline").err()).contains("but below it in `apps/backend`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "frontend"})
  void aHookIsInstalledFromTheRootForTheProjectBelow(String from) throws IOException {
    var git = new GitSandbox(root);
    Path start = Files.createDirectories(git.work().resolve(from));
    new AlembicFiles(Files.createDirectories(git.work().resolve("apps/backend")))
        .revision("aaa", "None", "pass");
    git.commit("first");

    InProcess.Result result = InProcess.run(start, git.environment(), "hook", "install");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(git.work().resolve(".git/hooks/pre-push"))
        .content()
        .contains("stampguard hook run --project apps/backend pre-push");
  }
}
