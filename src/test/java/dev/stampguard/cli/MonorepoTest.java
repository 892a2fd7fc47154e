package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

  /** Alembic and Django are found one directory down as well: that is not to hide the others. */
  @Test
  void aToolOneDirectoryDownIsOneOfSeveral() throws IOException {
    alembicIn("backend");
    alembicIn("backend/tests/data");
    assertThat(run("history", "--offline").exitCode()).isZero();
    write("services/billing/flyway.toml", "[flyway]\nlocations = ['filesystem:sql']\n");
    write("services/billing/sql/V1__a.sql", "SELECT 1;\n");

    InProcess.Result result = run("check", "--offline");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("but below it in `backend`, `services/billing`\n\nhint: ");

    assertThat(run("check", "--offline", "--project", "backend").exitCode()).isZero();
    assertThat(run("check", "--offline", "--project", "services/billing").exitCode()).isZero();
    assertThat(run("check", "--offline", "--tool", "alembic").exitCode()).isZero();
    write("stampguard.properties", "fail-on=error\n");
    assertThat(run("history", "--offline", "--output", "json").out())
        .contains("\"location\": \"backend/");
  }

  @Test
  void severalToolsOneDirectoryDownAreOneProject() throws IOException {
    alembicIn("backend");
    write("web/manage.py", "");
    write("web/shop/migrations/__init__.py", "");
    write("web/shop/migrations/0001_initial.py", "class Migration:\n    operations = []\n");

    InProcess.Result result = run("check", "--offline");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Called in the project itself, the repository's file is the last that is asked. */
  @Test
  void theFileOfTheRepositoryIsReadLast() throws IOException {
    var git = new GitSandbox(root);
    Path backend = Files.createDirectories(git.work().resolve("backend"));
    write(
        root.relativize(backend) + "/alembic.ini",
        "[alembic]\nscript_location = m\nsqlalchemy.url = driver://user:pass@localhost/dbname\n");
    Files.createDirectories(backend.resolve("m/versions"));
    Files.writeString(backend.resolve(".env"), "DEBUG=1\n");
    Files.writeString(git.work().resolve(".env"), "DATABASE_URL=postgresql://u@localhost/above\n");
    Files.writeString(
        git.work().resolveSibling(".env"), "DATABASE_URL=postgresql://u@localhost/outside\n");

    assertThat(InProcess.run(backend, git.environment(), "target").out())
        .contains("`above` on ", "../.env:1 DATABASE_URL");
    var environment = new HashMap<>(git.environment());
    environment.put("PGDATABASE", "named");
    environment.put("PGHOST", "localhost");
    assertThat(InProcess.run(backend, environment, "target").out()).contains("`named` on ");
    Files.delete(git.work().resolve(".env"));
    assertThat(InProcess.run(backend, git.environment(), "target").err()).doesNotContain("outside");
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
