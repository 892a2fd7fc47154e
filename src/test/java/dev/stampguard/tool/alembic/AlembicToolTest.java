package dev.stampguard.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlembicToolTest {
  @TempDir Path project;

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void revision(String file, String id, String down) throws IOException {
    write(
        file,
        "\"\"\"about %s\"\"\"\nrevision: str = '%s'\ndown_revision = %s\n\ndef upgrade():\n    pass\n"
            .formatted(id, id, down));
  }

  private MigrationProject detect() {
    return new AlembicTool().detect(project).orElseThrow();
  }

  @Test
  void isNotUsedWhereNothingSaysSo() throws IOException {
    write("pyproject.toml", "[tool.poetry]\nname = 'alembic-user'\n");
    write("setup.cfg", "[alembic]\n");
    assertThat(new AlembicTool().detect(project)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%(here)s/db/m", "db/m", "app:m", "%(base)s/m", "%(here)s/x/../db/m", "pkg.sub:m"})
  void findsTheScriptDirectory(String location) throws IOException {
    write(
        "alembic.ini",
        "\ufeff[DEFAULT]\r\nbase = db\r\n[alembic]\r\n# a comment\r\nscript_location = "
            + location
            + "\r\nprepend_sys_path = . lib\r\n");
    String directory =
        switch (location) {
          case "app:m" -> "src/app/m";
          case "pkg.sub:m" -> "lib/pkg/sub/m";
          default -> "db/m";
        };
    revision(directory + "/versions/20251020_1548_abc_x.py", "abc", "None");
    revision(directory + "/versions/__init__.py", "no", "None");
    revision(directory + "/versions/.#abc_x.py", "no", "None");
    revision(directory + "/versions/__pycache__/y.py", "no", "None");
    MigrationProject found = detect();
    assertThat(found.location()).isEqualTo(directory);
    assertThat(found.scripts().graph().revisions())
        .singleElement()
        .satisfies(
            revision -> {
              assertThat(revision.id()).isEqualTo("abc");
              assertThat(revision.message()).isEqualTo("about abc");
              assertThat(revision.line()).isEqualTo(2);
              assertThat(revision.created()).contains("2025-10-20 15:48");
              assertThat(revision.file()).isEqualTo(directory + "/versions/20251020_1548_abc_x.py");
            });
  }

  @Test
  void readsSettingsFromPyproject() throws IOException {
    write(
        "pyproject.toml",
        """
        [tool.alembic]
        script_location = "%(here)s/m"
        version_locations = ["%(here)s/m/one", "m/two"]
        recursive_version_locations = true
        """);
    write("m/env.py", "context.configure(connection=c)");
    revision("m/one/deep/a.py", "a1", "None");
    revision("m/two/b.py", "b1", "'a1'");
    assertThat(detect().scripts().graph().revisions())
        .extracting(Revision::id)
        .containsExactly("a1", "b1");
    assertThat(detect().url()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version_locations = m/one m/two",
        "version_locations = m/one,m/two",
        "version_locations = m/one:m/two\nversion_path_separator = :",
        "version_locations = m/one;m/two\npath_separator = ;\nversion_path_separator = :",
        "version_locations =\n    m/one\n    # the other one\n    %(here)s/m/two\npath_separator = newline"
      })
  void cutsVersionLocations(String setting) throws IOException {
    write("alembic.ini", "[alembic]\nscript_location = m\n" + setting + "\n");
    revision("m/one/a.py", "a1", "None");
    revision("m/two/b.py", "b1", "('a1',)");
    assertThat(detect().scripts().graph().revisions())
        .extracting(Revision::id)
        .containsExactly("a1", "b1");
  }

  @Test
  void prefersADirectoryWhoseScriptsAreThere() throws IOException {
    write("api/alembic.ini", "[alembic]\nscript_location = gone\n");
    write("backend/alembic.ini", "[alembic]\nscript_location = m\n");
    Files.createDirectories(project.resolve("backend/m"));
    assertThat(detect().location()).isEqualTo("backend/m");
    assertThat(detect().scripts().graph().revisions()).isEmpty();
  }

  @Test
  void saysWhichLineNamesADirectoryThatIsNotThere() throws IOException {
    write("alembic.ini", "[alembic]\n\nscript_location = gone\n");
    assertThatThrownBy(this::detect)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.hint()).isPresent();
            })
        .hasMessage("`alembic.ini:3` names the script directory `gone`, which does not exist");
  }

  @Test
  void readsTheUrlWithItsPlace() throws IOException {
    Files.createDirectories(project.resolve("m"));
    write(
        "alembic.ini",
        "[alembic]\nscript_location = m\nsqlalchemy.url = postgresql://u:p%%40@h/db\n");
    assertThat(detect().url())
        .hasValueSatisfying(
            url -> {
              assertThat(url.text()).isEqualTo("postgresql://u:p%40@h/db");
              assertThat(url.source()).isEqualTo("alembic.ini:3 sqlalchemy.url");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "driver://user:pass@localhost/dbname",
        "%(DATABASE_URL)s",
        "${DATABASE_URL}",
        "set in env.py",
        "postgresql://%(user)s@h/db",
        "postgresql://<user>@h/db"
      })
  void placeholdersAreNoUrl(String value) throws IOException {
    Files.createDirectories(project.resolve("m"));
    write("alembic.ini", "[alembic]\nscript_location = m\nsqlalchemy.url = " + value + "\n");
    assertThat(detect().url()).isEmpty();
  }

  @Test
  void readsWhereTheLedgerIs() throws IOException {
    write("alembic.ini", "[alembic]\nscript_location = m\nversion_schema = ops\n");
    write(
        "m/env.py",
        """
        TABLE = "my_versions"
        def online():
            with engine.connect() as c:
                context.configure(
                    connection=c, version_table=TABLE,
                    version_table_schema=config.get_main_option("version_schema"))
        """);
    assertThat(detect().ledgerLocation())
        .isEqualTo(new LedgerLocation(Optional.of("ops"), "my_versions"));
    var configured = new LedgerLocation(Optional.empty(), "elsewhere");
    assertThat(detect().withLedger(configured).ledgerLocation()).isEqualTo(configured);
    write("m/env.py", "context.configure(version_table=os.environ['X'])");
    assertThat(detect().ledgerLocation())
        .isEqualTo(
            new LedgerLocation(Optional.empty(), "alembic_version", Optional.of("m/env.py:1")));
  }

  @Test
  void namesScriptsThatCannotBeRead() throws IOException {
    write("alembic.ini", "[alembic]\nscript_location = m\n");
    write("m/versions/a.py", "revision = compute()\n");
    write("m/versions/helpers_x.py", "def helper(): pass\n");
    write("m/versions/syntax.py", "revision = 'c'\ndef upgrade(:\n");
    write("m/versions/ab12.py", "down_revision = None\ndef upgrade(): pass\n");
    Files.write(
        project.resolve("m/versions/latin.py"),
        "# é\nrevision = 'd'\n".getBytes(StandardCharsets.ISO_8859_1));
    var scripts = detect().scripts();
    assertThat(scripts.graph().revisions()).extracting(Revision::id).containsExactly("ab12");
    assertThat(scripts.graph().problems())
        .extracting(p -> "%s %s:%d %s".formatted(p.kind(), p.file(), p.line(), p.message()))
        .containsExactly(
            "COMPUTED_PLACE m/versions/a.py:1 it computes its `revision` when it runs",
            "UNREADABLE_SCRIPT m/versions/helpers_x.py:1 it declares no `revision`",
            "UNREADABLE_SCRIPT m/versions/latin.py:1 it is not UTF-8",
            "UNREADABLE_SCRIPT m/versions/syntax.py:2 it is not Python: `(` is never closed");
  }

  @Test
  void resolvesBranchLabels() throws IOException {
    write("alembic.ini", "[alembic]\nscript_location = m\n");
    write(
        "m/versions/a.py",
        "revision='a1'\ndown_revision=None\nbranch_labels=('one',)\ndef upgrade(): pass");
    write(
        "m/versions/b.py",
        "revision='b1'\ndown_revision=[]\ndepends_on='one'\ndef upgrade(): pass");
    Revision dependent = detect().scripts().graph().find("b1").orElseThrow();
    assertThat(dependent.dependsOn()).containsExactly("a1");
    assertThat(dependent.parents()).isEmpty();
    assertThat(detect().scripts().graph().problems()).isEmpty();
  }
}
