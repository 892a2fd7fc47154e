package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.testing.ReplayEnvironment;
import dev.stampguard.tool.python.driver.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts where only newer Alembics look for them; what real Alembic finds is the measure. */
class AlembicSettingsTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;

  /** Since Alembic 1.10. */
  @Test
  void locationsAreReadWithWhatIsBelowThem() throws Exception {
    AlembicFiles files =
        new AlembicFiles(project)
            .write(
                "alembic.ini",
                """
                [alembic]
                script_location = %(here)s/db/migrations
                version_locations = %(here)s/db/core:%(here)s/plugins
                version_path_separator = :
                recursive_version_locations = true
                """);
    write(files, "plugins/billing/2025/b1.py");
    everyCommandFindsThem(Pythons.withAlembic().getLast());
  }

  /** Since Alembic 1.16. */
  @Test
  void settingsAreReadFromPyproject() throws Exception {
    var files = new AlembicFiles(project);
    Files.delete(project.resolve("alembic.ini"));
    files.write(
        "pyproject.toml",
        """
        [project]
        name = "shop"

        [tool.alembic]
        script_location = "%(here)s/db/migrations"
        version_locations = ["%(here)s/db/core", "%(here)s/src/shop/versions"]
        recursive_version_locations = true
        prepend_sys_path = [".", "src"]
        """);
    files.write("src/shop/__init__.py", "PREFIX = 'shop_'\n");
    write(files, "src/shop/versions/deep/b1.py");
    files.write(
        "src/shop/versions/b2.py",
        script(
            "b2", "'b1'", "import shop\n    op.execute(f'CREATE TABLE {shop.PREFIX}log (i int)')"));
    everyCommandFindsThem(Pythons.withTomlAlembic());
  }

  private static void write(AlembicFiles files, String last) {
    files
        .write("db/migrations/env.py", AlembicFiles.ENVIRONMENT)
        .write("db/core/a1.py", script("a1", "None", "op.execute('CREATE TABLE users (id int)')"))
        .write(
            "db/core/2024/11/a2.py",
            script("a2", "'a1'", "op.execute('ALTER TABLE users ADD email text')"))
        .write(last, script("b1", "'a2'", "op.execute('CREATE TABLE invoices (id int)')"));
  }

  private static String script(String id, String parent, String body) {
    return """
        from alembic import op

        revision = "%s"
        down_revision = %s


        def upgrade():
            %s
        """
        .formatted(id, parent, body);
  }

  private void everyCommandFindsThem(Interpreter python) throws Exception {
    List<String> ids = List.of("a1", "a2", "b1");
    alembic(python, "upgrade", "head");
    assertThat(alembic(python, "history")).contains(ids);

    InProcess.Result replayed = run(python, "diagnose", "--output", "json");
    assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isZero();
    assertThat(replayed.out()).contains("\"source\": \"replay\"").contains(ids);
    assertThat(replayed.err()).isEmpty();

    assertEnds(run(python, "check"), ExitCode.OK);
    InProcess.Result written = run(python, "snapshot");
    assertEnds(written, ExitCode.OK);
    assertThat(Files.readString(project.resolve("stampguard.lock"))).contains(ids);
    assertEnds(run(python, "snapshot", "--check"), ExitCode.OK);

    server.execute(database, "DROP TABLE invoices");
    InProcess.Result locked = run(python, "diagnose");
    assertEnds(locked, ExitCode.FINDINGS);
    assertThat(locked.out()).contains("table public.invoices").contains("lock");
  }

  private static void assertEnds(InProcess.Result result, ExitCode code) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code.code());
  }

  private InProcess.Result run(Interpreter python, String... args) {
    var environment = new HashMap<>(ReplayEnvironment.variables());
    environment.put("DATABASE_URL", server.url(database));
    environment.put("STAMPGUARD_PYTHON", python.program().toString());
    return InProcess.run(project, environment, args);
  }

  private String alembic(Interpreter python, String... arguments)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of(python.program().toString(), "-B", "-m", "alembic.config"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    builder.environment().putAll(Map.of("DATABASE_URL", server.url(database)));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
