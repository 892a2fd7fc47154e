package dev.stampguard.tool.sqlfiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tool takes which files for its own. */
class SqlFileToolsTest {
  @TempDir private Path directory;

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> found(ToolSettings said) {
    return SqlFileTools.all(Map.of()).stream()
        .flatMap(tool -> tool.detect(directory, said).stream())
        .map(MigrationProject::tool)
        .toList();
  }

  /** Files that look alike are told apart by what the project says of itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          golang-migrate  | migrations/1_a.up.sql | go.mod | module example
          sqlx            | migrations/1_a.up.sql | Cargo.toml | sqlx = "0.8"
          node-pg-migrate | migrations/1_a.up.sql | package.json | {"dependencies":{"node-pg-migrate":"9"}}
          sqlx            | migrations/20240101_a.sql | Cargo.toml | [dependencies.sqlx]
          sqlx            | migrations/20240101_a.sql | Cargo.toml | sqlx.workspace = true
          diesel          | migrations/2024-01-01-000000_a/up.sql | Cargo.toml | diesel = "2"
          diesel          | migrations/2024-01-01-000000_a/up.sql | diesel.toml | [print_schema]
          atlas           | migrations/20240101_a.sql | migrations/atlas.sum | h1:
          atlas           | schema/versions/20240101_a.sql | schema/versions/atlas.sum | h1:
          prisma          | prisma/migrations/20240101_a/migration.sql | prisma/schema.prisma | datasource
          supabase        | supabase/migrations/20240101_a.sql | supabase/config.toml | project_id = "a"
          """)
  void oneToolTakesThem(String tool, String script, String settings, String text)
      throws IOException {
    write(script, "CREATE TABLE a (id integer);\n");
    write(settings, text + "\n");
    if (script.startsWith("schema/versions")) {
      write(
          "atlas.hcl",
          "env \"local\" {\n  migration {\n    dir = \"file://schema/versions\"\n  }\n}\n");
    }

    assertThat(found(ToolSettings.NONE)).containsExactly(tool);
  }

  @Test
  void plainFilesOfSqlAreNobodysUntilSomebodySaysWhose() throws IOException {
    write("migrations/1_a.sql", "CREATE TABLE a (id integer);\n");

    assertThat(found(ToolSettings.NONE)).isEmpty();
    for (MigrationTool tool : SqlFileTools.all(Map.of())) {
      if (List.of("goose", "dbmate", "sqlx", "node-pg-migrate", "atlas").contains(tool.name())) {
        var said = new ToolSettings(Optional.of(tool.name()), Optional.empty(), Optional.empty());
        assertThat(tool.detect(directory, said)).as(tool.name()).isPresent();
      }
    }
  }

  @Test
  void aDirectoryThatIsNamedIsTheOne() throws IOException {
    write("elsewhere/deep/1_a.sql", "-- +goose Up\nCREATE TABLE a (id integer);\n");
    var said =
        new ToolSettings(
            Optional.empty(), Optional.of(directory.resolve("elsewhere/deep")), Optional.empty());

    assertThat(found(said)).containsExactly("goose");
  }

  /** A directory is listed only as long as that is cheap. */
  @Test
  void aFullDirectoryHidesNothing() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      write("note-" + i, "");
    }
    write("db/migrations/1_a.sql", "-- +goose Up\nCREATE TABLE a (id integer);\n");
    write("prisma/schema.prisma", "datasource db { provider = \"postgresql\" }\n");
    write("prisma/migrations/20240101_a/migration.sql", "CREATE TABLE a (id integer);\n");

    assertThat(found(ToolSettings.NONE)).containsExactly("prisma", "goose");
  }

  @Test
  void otherDatabasesAreLeftAlone() throws IOException {
    write("prisma/schema.prisma", "datasource db { provider = \"mysql\" }\n");
    write("prisma/migrations/migration_lock.toml", "provider = \"mysql\"\n");
    write("prisma/migrations/20240101_a/migration.sql", "CREATE TABLE a (id integer);\n");
    write("drizzle/meta/_journal.json", "{\"dialect\":\"sqlite\",\"entries\":[]}");
    write("sqitch.conf", "[core]\n\tengine = mysql\n");
    write("sqitch.plan", "%project=a\n");

    assertThat(found(ToolSettings.NONE)).isEmpty();
  }

  /**
   * Expected is what Python's {@code zlib.crc32} says of the algorithms in the tools' sources. The
   * command of golang-migrate takes the path of its URL for the name, with the slash; a program
   * that hands it a connection has the name alone.
   */
  @Test
  void locksAreWhatTheToolsCompute() {
    var ledger = new QualifiedName("public", "schema_migrations");
    assertThat(new GolangMigrate(new ProjectLook()).locks(ledger, "shop"))
        .containsExactly(2_101_699_660L, 3_689_236_698L);
    assertThat(new GolangMigrate(new ProjectLook()).locks(ledger, "Größe"))
        .element(1)
        .isEqualTo(609_772_918L);
    assertThat(new Sqlx(new ProjectLook()).locks(ledger, "shop"))
        .containsExactly(2_969_972_169_318_647_292L);
    assertThat(new Sqlx(new ProjectLook()).locks(ledger, "Größe"))
        .containsExactly(2_556_842_373_190_852_086L);
    assertThat(new Prisma(new ProjectLook()).locks(ledger, "shop")).containsExactly(72_707_369L);
  }

  /** Expected are the numbers of golang-migrate's own tests. */
  @Test
  void theLockOfGolangMigrateHasItsKey() {
    assertThat(GolangMigrate.key("database_name")).isEqualTo(1_764_327_054L);
    assertThat(GolangMigrate.key("database_name", "schema_name_1")).isEqualTo(2_453_313_553L);
    assertThat(GolangMigrate.key("database_name", "schema_name_1", "schema_name_2"))
        .isEqualTo(3_743_845_847L);
  }
}
