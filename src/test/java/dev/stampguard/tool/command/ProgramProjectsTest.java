package dev.stampguard.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ecto.EctoTool;
import dev.stampguard.tool.efcore.EfcoreTool;
import dev.stampguard.tool.knex.KnexTool;
import dev.stampguard.tool.rails.RailsTool;
import dev.stampguard.tool.sequelize.SequelizeTool;
import dev.stampguard.tool.typeorm.TypeormTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By what projects are found, where their ledgers are, and in what order their scripts run. */
class ProgramProjectsTest {
  @TempDir private Path project;

  private void write(String name, String text) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void files(String... names) {
    for (String name : names) {
      write(name, "");
    }
  }

  private MigrationProject found(MigrationTool tool) {
    assertThat(tool.isConfiguredIn(project)).isTrue();
    MigrationProject found = tool.detect(project, ToolSettings.NONE).orElseThrow();
    assertThat(found.tool()).isEqualTo(tool.name());
    return found;
  }

  private static List<String> ids(MigrationProject project) {
    return project.scripts().graph().revisions().stream().map(Revision::id).toList();
  }

  private static LedgerLocation place(String schema, String table) {
    return new LedgerLocation(Optional.ofNullable(schema), table);
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    files("package.json", "migrations/1_x.js", "db/migrate/1_x.rb", "Migrations/1_x.cs");

    for (MigrationTool tool :
        List.of(
            new KnexTool(),
            new SequelizeTool(Map.of()),
            new TypeormTool(),
            new RailsTool(),
            new EfcoreTool(),
            new EctoTool())) {
      assertThat(tool.isConfiguredIn(project)).as(tool.name()).isFalse();
      assertThat(tool.detect(project, ToolSettings.NONE)).as(tool.name()).isEmpty();
    }
  }

  @Test
  void knexSortsByNameOverAllDirectories() {
    write(
        "knexfile.ts",
        """
        const config: Knex.Config = {
          client: 'pg',
          migrations: {
            directory: ['./one', './two'], schemaName: 'app', tableName: 'done', extension: 'ts',
          },
        };
        export default config;
        """);
    files("one/20240103_c.ts", "one/20240101_a.ts", "two/20240102_b.js", "two/readme.md");

    MigrationProject knex = found(new KnexTool());

    assertThat(knex.location()).isEqualTo("one");
    assertThat(knex.ledgerLocation()).isEqualTo(place("app", "done"));
    assertThat(ids(knex)).containsExactly("20240101_a.ts", "20240102_b.js", "20240103_c.ts");
    assertThat(knex.scripts().graph().heads()).containsExactly("20240103_c.ts");
    Revision first = knex.scripts().graph().revisions().getFirst();
    assertThat(first.message()).isEqualTo("a");
    assertThat(first.created()).contains("2024-01-01");
  }

  @Test
  void aTableThatIsComputedIsNotGuessed() {
    write("knexfile.js", "module.exports = { migrations: { tableName: process.env.TABLE } };");
    files("migrations/1_a.js");

    assertThat(found(new KnexTool()).ledgerLocation().computedAt())
        .contains("knexfile.js tableName");
  }

  @Test
  void aPlaceWhereNothingIsIsSaid() {
    write("knexfile.js", "module.exports = { migrations: { directory: 'lost' } };");

    assertThatThrownBy(() -> new KnexTool().detect(project, ToolSettings.NONE))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`knexfile.js` has its migrations in `lost`, where nothing is");
  }

  @Test
  void sequelizeReadsTheConfigurationOfItsEnvironment() {
    write("package.json", "{\"dependencies\": {\"sequelize\": \"6\"}}");
    write(
        "config/config.json",
        """
        {"development": {"migrationStorageTableName": "dev"},
         "test": {"migrationStorageTableName": "tested", "migrationStorageTableSchema": "meta"}}
        """);
    files("migrations/2-b.js", "migrations/1-a.cjs", "migrations/x.d.ts", "migrations/3.json");

    MigrationProject plain = found(new SequelizeTool(Map.of()));
    assertThat(plain.ledgerLocation()).isEqualTo(place(null, "dev"));
    assertThat(ids(plain)).containsExactly("1-a.cjs", "2-b.js");
    assertThat(found(new SequelizeTool(Map.of("NODE_ENV", "test"))).ledgerLocation())
        .isEqualTo(place("meta", "tested"));
  }

  @Test
  void typeormTakesNamesOfClassesAndTheTimeAtTheirEnd() {
    write("package.json", "{\"dependencies\": {\"typeorm\": \"0.3\"}}");
    write(
        "src/data-source.ts",
        """
        export const AppDataSource = new DataSource({
          type: "postgres", schema: "app", migrationsTableName: "typeorm_migrations",
          migrations: [__dirname + "/migration/**/*{.ts,.js}"],
        })
        """);
    write(
        "src/migration/b.ts",
        """
        import { MigrationInterface, QueryRunner } from "typeorm";

        export class Later1700000000002 implements MigrationInterface {
          public async up(queryRunner: QueryRunner): Promise<void> {}
        }
        export class First1700000000001 implements MigrationInterface {
          name = 'Initial1700000000000'
          public async up(queryRunner: QueryRunner): Promise<void> {}
        }
        class Helper {}
        """);
    write("src/migration/c.ts", "export class Nameless { async up(r) {} }");

    MigrationProject typeorm = found(new TypeormTool());

    assertThat(typeorm.location()).isEqualTo("src/migration");
    assertThat(typeorm.ledgerLocation()).isEqualTo(place("app", "typeorm_migrations"));
    assertThat(ids(typeorm)).containsExactly("Initial1700000000000", "Later1700000000002");
    assertThat(typeorm.scripts().graph().revisions())
        .extracting(Revision::line)
        .containsExactly(6, 3);
    assertThat(typeorm.scripts().graph().problems())
        .extracting(GraphProblem::message)
        .containsExactly(
            "the name `Nameless` does not end with a time in milliseconds, and TypeORM refuses it");
  }

  @Test
  void railsCountsVersionsAsNumbers() {
    write(
        "config/application.rb",
        "# schema_migrations_table_name = 'no'\nconfig.active_record.schema_migrations_table_name = 'done'\n");
    files("db/migrate/10_b.rb", "db/migrate/009_a.rb", "db/migrate/old/1_c.rb", "db/migrate/x.rb");

    MigrationProject rails = found(new RailsTool());

    assertThat(ids(rails)).containsExactly("1", "9", "10");
    assertThat(rails.ledgerLocation()).isEqualTo(place(null, "done"));
  }

  @Test
  void twoScriptsOfOneVersionAreAProblem() {
    files("config/application.rb", "db/migrate/1_a.rb", "db/migrate/01_b.rb", "db/migrate/2_c.rb");

    MigrationProject rails = found(new RailsTool());

    assertThat(ids(rails)).containsExactly("1", "2");
    assertThat(rails.scripts().graph().problems())
        .extracting(GraphProblem::kind)
        .containsExactly(GraphProblem.Kind.DUPLICATE_ID);
  }

  @Test
  void entityFrameworksAttributeCounts() {
    files(
        "App.csproj", "Data/Migrations/20240102000000_B.cs", "Data/Migrations/AppModelSnapshot.cs");
    write("Data/Migrations/20240101000000_A.cs", "");
    write("Data/Migrations/20240101000000_A.Designer.cs", "[Migration(\"20240103000000_Z\")]");

    MigrationProject ef = found(new EfcoreTool());

    assertThat(ef.location()).isEqualTo("Data/Migrations");
    assertThat(ids(ef)).containsExactly("20240102000000_B", "20240103000000_Z");
    assertThat(ef.ledgerLocation()).isEqualTo(place(null, "__EFMigrationsHistory"));
  }

  @Test
  void ectoMayHaveAnotherTable() {
    files("mix.exs", "priv/repo/migrations/2_b.exs", "priv/repo/migrations/1_a.exs");
    assertThat(found(new EctoTool()).ledgerLocation()).isEqualTo(place(null, "schema_migrations"));
    write(
        "config/config.exs",
        "config :app, App.Repo, migration_source: \"done\", migration_default_prefix: \"app\"\n");

    MigrationProject ecto = found(new EctoTool());

    assertThat(ids(ecto)).containsExactly("1", "2");
    assertThat(ecto.ledgerLocation()).isEqualTo(place("app", "done"));
  }

  @Test
  void somebodyMaySayWhereTheScriptsAre() {
    files("odd/1_a.exs", "odd/2_b.exs");
    var said =
        new ToolSettings(
            Optional.of("ecto"), Optional.of(project.resolve("odd")), Optional.empty());

    assertThat(ids(new EctoTool().detect(project, said).orElseThrow())).containsExactly("1", "2");
  }
}
