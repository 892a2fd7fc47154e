package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.alembic.AlembicTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which characters of which file change, and when none may. */
class TargetEditorTest {
  @TempDir Path project;
  private Map<String, String> environment = Map.of();
  private Optional<String> url = Optional.empty();
  private Optional<ToolUrl> toolUrl = Optional.empty();

  private TargetRequest request() {
    return new TargetRequest(
        project,
        project,
        Optional.empty(),
        url,
        "DATABASE_URL",
        environment,
        project,
        "me",
        toolUrl);
  }

  private Path dotenv(String text) throws IOException {
    return Files.writeString(project.resolve(".env"), text);
  }

  private TargetResolution resolve() {
    return new TargetResolver(socket -> false).resolve(request());
  }

  private StampguardException refusal(String database) {
    var failure =
        catchThrowableOfType(
            StampguardException.class, () -> new TargetEditor(request()).plan(database));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure.hint()).isPresent();
    assertThat(failure.getMessage() + failure.hint()).doesNotContain("hunter2");
    return failure;
  }

  /** Files in which the text {@code «dev»} is exactly what must change, to {@code «dev_test»}. */
  static Stream<String> files() {
    return Stream.of(
        "DATABASE_URL=postgresql://u:hunter2@h:5432/«dev»\n",
        "DATABASE_URL=postgresql://u:hunter2@h:5432/«dev»",
        "DATABASE_URL=postgresql://dev:dev@dev:5432/«dev»?application_name=dev#dev\n",
        "\n# DATABASE_URL=postgresql://h/dev\nexport DATABASE_URL = 'postgresql://h/«dev»' # dev\n",
        "A=1\r\nDATABASE_URL=\"postgresql://h/«dev»\"\r\nB='two\r\nlines'\r\n",
        "\ufeffDATABASE_URL=postgresql://h/«dev»\n",
        "DATABASE_URL=postgresql://h/dev\nDATABASE_URL=postgresql://h/«dev»\n",
        "DATABASE_URL=postgresql+psycopg2://u:p%40ss%2Fword@h/«dev»?sslmode=require\n",
        "DATABASE_URL=postgresql+asyncpg://u:hun/ter?2@h/«dev»\n",
        "DATABASE_URL=postgres://[::1]:5433,h2:5434/«dev»?target_session_attrs=primary\n",
        "DATABASE_URL=postgresql:///«dev»?host=/run/dev\n",
        "DATABASE_URL=postgresql://h?user=u&dbname=«dev»&password=hunter2\n",
        "DATABASE_URL=postgresql://h/dev?dbname=other&dbname=«dev»\n",
        "DATABASE_URL=jdbc:postgresql://h/«dev»?user=u&password=hunter2\n",
        "DATABASE_URL=jdbc:postgresql:«dev»\n",
        "DATABASE_URL=jdbc:postgresql:/«dev»\n",
        "DATABASE_URL=host=h dbname=«dev» user=dev password='it''s'\n".replace("''", "\\'"),
        "DATABASE_URL=\"host=h dbname = '«dev»'\"\n",
        "DATABASE_URL=\"  postgresql://h/«dev»  \"\n",
        "DB_NAME=«dev»\nDATABASE_URL=postgresql://u@h/${DB_NAME}\n",
        "DB_NAME='«dev»'\nDB=${DB_NAME}\nDATABASE_URL=\"postgresql://u@h/${DB}?a=b\"\n",
        "U=dev\nDATABASE_URL=postgresql://${U}:${U}@h/«dev»\n",
        "DATABASE_URL=postgresql://u@h/${DB_NAME:-«dev»}\n",
        "PGHOST=h\nPGDATABASE=«dev»\nPGUSER=dev\n",
        "PGDATABASE=\"«dev»\"\nDATABASE_URL=postgresql://u@h\n",
        "D=«dev»\nPGDATABASE=${D}\nDATABASE_URL=postgresql://u@h/\n",
        "this is no assignment\n=\nDATABASE_URL=postgresql://h/«dev»\n'x y'=3\nK\n");
  }

  @ParameterizedTest
  @MethodSource("files")
  void exactlyTheNameChanges(String marked) throws IOException {
    Path file = dotenv(marked.replaceAll("[«»]", ""));
    Target before = resolve().target();
    assertThat(before.database()).isEqualTo("dev");

    var editor = new TargetEditor(request());
    EnvEdit edit = editor.plan("dev_test");
    assertThat(file).hasContent(marked.replaceAll("[«»]", ""));
    editor.apply(edit);

    assertThat(file).content().isEqualTo(marked.replace("«dev»", "dev_test"));
    assertThat(resolve().target()).isEqualTo(before.withDatabase("dev_test", before.source()));
    assertThat(edit.before()).isEqualTo("dev");
    assertThat(edit.after()).isEqualTo("dev_test");
    assertThat(edit.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @MethodSource("files")
  void theWayBackGivesTheSameBytes(String marked) throws IOException {
    Path file = dotenv(marked.replaceAll("[«»]", ""));
    byte[] bytes = Files.readAllBytes(file);
    for (String database : List.of("other", "dev")) {
      var editor = new TargetEditor(request());
      editor.apply(editor.plan(database));
    }
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void theEditSaysWhereAndWhatElse() throws IOException {
    dotenv(
        """
        DB_NAME=dev
        DATABASE_URL=postgresql://u:hunter2@h/${DB_NAME}
        ASYNC_URL=postgresql+asyncpg://u:hunter2@h/${DB_NAME}
        OLD_URL=postgresql://u:hunter2@h/dev
        OTHER_URL=postgresql://u:hunter2@h/else
        """);
    EnvEdit edit = new TargetEditor(request()).plan("dev_test");
    assertThat(edit.where()).isEqualTo(".env:1 DB_NAME");
    assertThat(edit.file()).isEqualTo(project.resolve(".env"));
    assertThat(edit.sha256()).matches("[0-9a-f]{64}");
    assertThat(edit.remarks())
        .containsExactly(
            "`.env:3 ASYNC_URL` takes in `DB_NAME` and changes with it",
            "`.env:4 OLD_URL` still names `dev`");
  }

  @Test
  void namesThatNeedItAreEncodedAsTheirPlaceWantsIt() throws IOException {
    String name = "my db/ü'\"\\%@";
    for (String text :
        List.of(
            "DATABASE_URL=postgresql://u@h/dev%20x\n",
            "DATABASE_URL='host=h dbname=dev'\n",
            "DATABASE_URL=\"host=h dbname='dev'\"\n",
            "DATABASE_URL=host=h dbname='dev' user=u\n",
            "PGDATABASE='dev'\n",
            "PGDATABASE=dev\n")) {
      Path file = dotenv(text);
      var editor = new TargetEditor(request());
      editor.apply(editor.plan(name));
      assertThat(resolve().target().database()).isEqualTo(name);
      assertThat(file).content().doesNotContain("dev");
    }
    dotenv("DATABASE_URL=postgresql://u@h/dev\n");
    assertThat(new TargetEditor(request()).plan(name).remarks())
        .anyMatch(remark -> remark.contains("SQLAlchemy"));
  }

  @Test
  void theProcessEnvironmentDecides() throws IOException {
    dotenv("DATABASE_URL=postgresql://h/dev\n");
    environment = Map.of("DATABASE_URL", "postgresql://u:hunter2@h/env");
    StampguardException refusal = refusal("dev_test");
    assertThat(refusal.getMessage()).startsWith("`environment DATABASE_URL` decides");
    assertThat(refusal.hint().orElseThrow()).contains("unset DATABASE_URL");

    environment = Map.of();
    url = Optional.of("postgresql://u:hunter2@h/option");
    refusal = refusal("dev_test");
    assertThat(refusal.getMessage()).startsWith("`--url` decides");
    assertThat(refusal.hint().orElseThrow()).startsWith("leave `--url` out");

    url = Optional.empty();
    environment = Map.of("STAGE", "dev");
    dotenv("DATABASE_URL=postgresql://h/${STAGE}\n");
    assertThat(refusal("dev_test").getMessage()).startsWith("`environment STAGE` decides");

    environment = Map.of("PGDATABASE", "dev", "PGHOST", "h");
    dotenv("PGDATABASE=other\n");
    assertThat(refusal("dev_test").hint().orElseThrow()).contains("unset PGDATABASE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P=de\nDATABASE_URL=postgresql://h/${P}v\n",
        "A=d\nB=ev\nDATABASE_URL=postgresql://h/${A}${B}\n",
        "TAIL=h/dev\nDATABASE_URL=postgresql://${TAIL}\n",
        "D=dev\nDATABASE_URL=postgresql://${D}@h/${D}\n",
        "D=dev\nDATABASE_URL=postgresql://u:${D}@h/${D}\n",
        "D=dev\nDATABASE_URL=postgresql://${D}:5432/${D}\n",
        "D=dev\nDATABASE_URL=postgresql://h/${D}?application_name=${D}\n"
      })
  void whatIsPutTogetherIsRefused(String text) throws IOException {
    Path file = dotenv(text);
    assertThat(resolve().target().database()).isEqualTo("dev");
    refusal("dev_test");
    assertThat(file).hasContent(text);
  }

  @Test
  void whatCannotBeWrittenThereIsRefused() throws IOException {
    dotenv("PGDATABASE=dev\n");
    for (String name : List.of("a #b", "${HOME}", "'a", " a")) {
      assertThat(refusal(name).getMessage()).contains("PGDATABASE", "cannot be made to name");
    }
    dotenv("DB_NAME=dev\nDATABASE_URL=postgresql://h/${DB_NAME}\n");
    assertThat(refusal("my db").getMessage()).contains("in one piece");
    assertThat(refusal("dev").getMessage()).contains("already");
    for (String name : List.of("a\nb", "", "  ", "a\u0000")) {
      var failure =
          catchThrowableOfType(
              StampguardException.class, () -> new TargetEditor(request()).plan(name));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void whatNoSettingSaysIsRefused() throws IOException {
    dotenv("DATABASE_URL=postgresql://u:hunter2@h\n");
    assertThat(refusal("dev_test").getMessage()).contains("the name of the role");
    Files.writeString(project.resolve(".pg_service.conf"), "[app]\ndbname=dev\nhost=h\n");
    dotenv("PGSERVICE=app\n");
    assertThat(refusal("dev_test").getMessage()).contains("a service file");
  }

  @Test
  void aPasswordFileMayKnowAnotherPasswordForTheOtherDatabase() throws IOException {
    Path passwords =
        Files.writeString(
            project.resolve(".pgpass"), "h:5432:dev:u:hunter2\nh:5432:dev_test:u:other\n");
    Files.setPosixFilePermissions(
        passwords, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    dotenv("DATABASE_URL=postgresql://u@h/dev\n");
    var editor = new TargetEditor(request());
    EnvEdit edit = editor.plan("dev_test");
    assertThat(editor.target(edit).password()).contains(new Secret("other"));
    assertThat(editor.target(edit).database()).isEqualTo("dev_test");
  }

  /** Ini files in which the text {@code «dev»} is exactly what must change. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[alembic]\nscript_location = m\nsqlalchemy.url = postgresql://u:hunter2@h/«dev»\n",
        "[alembic]\r\nscript_location=m\r\n# sqlalchemy.url=x\r\nsqlalchemy.url=postgresql://dev@h/«dev»\r\n",
        "[alembic]\nscript_location = m\nsqlalchemy.url: postgresql://u:p%%40@h/«dev»?sslmode=prefer",
        "[DEFAULT]\ndb = «dev»\n[alembic]\nscript_location = m\nsqlalchemy.url = postgresql://h/%(db)s\n",
        "\ufeff[alembic]\nscript_location = m\nsqlalchemy.url =\n  postgresql://h/«dev»\n[x]\ny=dev\n"
      })
  void theToolsOwnConfigurationIsEditedToo(String marked) throws IOException {
    Files.createDirectories(project.resolve("m/versions"));
    Path file = Files.writeString(project.resolve("alembic.ini"), marked.replaceAll("[«»]", ""));
    toolUrl = new AlembicTool().detect(project).orElseThrow().url();
    Target before = resolve().target();
    assertThat(before.database()).isEqualTo("dev");

    var editor = new TargetEditor(request());
    EnvEdit edit = editor.plan("dev_test");
    TargetEditor.Applied applied = editor.apply(edit);

    assertThat(file).content().isEqualTo(marked.replace("«dev»", "dev_test"));
    assertThat(applied.backup()).isEqualTo(project.resolve("alembic.ini.backup"));
    assertThat(new TargetResolver(socket -> false).resolve(editor.reread()).target())
        .isEqualTo(before.withDatabase("dev_test", before.source()));
    assertThat(edit.name()).isEqualTo("alembic.ini");
  }

  @Test
  void percentSignsAreDoubledInAnIniFile() throws IOException {
    Files.createDirectories(project.resolve("m/versions"));
    Path file =
        Files.writeString(
            project.resolve("alembic.ini"),
            "[alembic]\nscript_location = m\nsqlalchemy.url = postgresql://h/my%%20db\n");
    toolUrl = new AlembicTool().detect(project).orElseThrow().url();
    assertThat(resolve().target().database()).isEqualTo("my db");
    var editor = new TargetEditor(request());
    editor.apply(editor.plan("your db"));
    assertThat(file).content().contains("postgresql://h/your%%20db\n");
  }
}
