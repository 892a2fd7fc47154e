package dev.stampguard.tool.typeorm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.command.ProgramScripts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpReaderTest {
  private static List<SchemaOperation> read(String body) {
    return new UpReader(new ProgramScripts(Path.of("."), "JavaScript")).read(body, 10);
  }

  @Test
  void plainQueriesAreRead() {
    List<SchemaOperation> operations =
        read(
            """
            {
              public async up(queryRunner: QueryRunner): Promise<void> {
                await queryRunner.query(`CREATE TABLE "a" ("id" int, "t" text DEFAULT '{}')`);
                await queryRunner.query('DROP TABLE b', );
                await queryRunner.query(
                  "ALTER TABLE c RENAME COLUMN \\"x\\" TO y",
                );
              }
              public async down(queryRunner: QueryRunner): Promise<void> {
                await queryRunner.query(`DROP TABLE "a"`);
              }
            }
            """);

    assertThat(operations)
        .hasExactlyElementsOfTypes(
            SchemaOperation.CreateTable.class,
            SchemaOperation.Drop.class,
            SchemaOperation.RenameColumn.class);
    assertThat(operations).extracting(SchemaOperation::line).containsExactly(12, 13, 15);
  }

  @Test
  void whatIsComputedIsNot() {
    assertThat(
            read(
                """
                {
                  async up(runner) {
                    await runner.query(`DROP TABLE ${name}`);
                    await runner.query('CREATE TABLE a (id int)' + rest);
                    await runner.createTable(new Table({ name: 'b' }));
                    const x = 1;
                  }
                }
                """))
        .hasOnlyElementsOfType(SchemaOperation.Unreadable.class)
        .hasSize(4);
    assertThat(read("{ async up(r) { if (x) { await r.query('DROP TABLE a'); } } }"))
        .hasOnlyElementsOfType(SchemaOperation.Unreadable.class)
        .hasSize(1);
  }
}
