package dev.stampguard.tool.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.SchemaOperation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in, and what is read of them: {@code ?} stands for what is not. */
class SqlInProgramsTest {
  private static final JavaScriptCalls KNEX =
      new JavaScriptCalls(Set.of("raw", "schema.raw"), Set.of(), true);
  private static final JavaScriptCalls SEQUELIZE =
      new JavaScriptCalls(Set.of("sequelize.query"), Set.of("transaction", "raw"), false);
  private static final Unread UNREAD =
      (line, text) -> new SchemaOperation.Unreadable(line, text, Set.of(), true);

  private static String names(List<SchemaOperation> operations) {
    return operations.stream()
        .map(
            operation ->
                switch (operation) {
                  case SchemaOperation.Unreadable unread -> "?";
                  case SchemaOperation.CreateTable table ->
                      "%s@%d".formatted(table.table().name(), table.line());
                  case SchemaOperation.Drop drop ->
                      "-%s@%d".formatted(drop.object().simpleName(), drop.line());
                  default -> operation.getClass().getSimpleName() + "@" + operation.line();
                })
        .collect(Collectors.joining(" "));
  }

  private static String knex(String text) {
    return names(SqlInPrograms.javaScript(text, 1, KNEX, UNREAD));
  }

  private static String sequelize(String text) {
    return names(SqlInPrograms.javaScript(text, 1, SEQUELIZE, UNREAD));
  }

  private static String ruby(String text) {
    return names(SqlInPrograms.ruby(text, UNREAD));
  }

  private static String elixir(String text) {
    return names(SqlInPrograms.elixir(text, UNREAD));
  }

  private static String cSharp(String text) {
    return names(SqlInPrograms.cSharp(text, UNREAD));
  }

  // JavaScript

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports.up = function (knex) { return knex.raw('CREATE TABLE a (id int)'); };",
        "exports.up = async (knex) => { await knex.raw(\"CREATE TABLE a (id int)\") };",
        "exports.up = knex => knex.schema.raw('CREATE TABLE a (id int)')",
        "exports.up = (knex) => knex.raw('CREATE TABLE a (id int)'); exports.down = k => { if (k) k.raw('') }",
        "export async function up(knex: Knex): Promise<void> { await knex.raw(`CREATE TABLE a (id int)`) }",
        "export const up = async (knex: Knex) => { await knex.raw('CREATE TABLE a' + ' (id int)'); }",
        "module.exports = { async up(knex) { return await knex.raw('CREATE TABLE a (id int)',) }, down() {} }",
        "/* up: (x) => */ exports.up = function up(knex) { /* it's */ return knex.raw('CREATE TABLE a (id int)') }",
      })
  void whateverFormTheFunctionHas(String text) {
    assertThat(knex(text)).isEqualTo("a@1");
  }

  @Test
  void statementsWithoutSemicolonsAndChains() {
    assertThat(
            knex(
                """
                exports.up = async function (knex) {
                  await knex.raw('CREATE TABLE a (id int)')
                  await knex.schema
                    .raw('CREATE TABLE b (id int)')
                    .raw(`
                      -- 'quoted'
                      CREATE TABLE c (id int);
                      DROP TABLE a`)
                  await knex.schema.createTable('d', t => { t.increments(); return t })
                  await knex.raw('DROP TABLE e')
                }
                """))
        .isEqualTo("a@2 b@4 c@7 -a@8 ? -e@10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports.up = async (knex) => { if (process.env.X) await knex.raw('CREATE TABLE a ()') }",
        "exports.up = async (knex) => { { return } await knex.raw('CREATE TABLE a ()') }",
        "exports.up = async (knex) => { try { await knex.raw('CREATE TABLE a ()') } catch {} }",
        "exports.up = async (knex) => { knex = other; await knex.raw('CREATE TABLE a ()') }",
        "exports.up = async ({ raw }) => { await raw('CREATE TABLE a ()') }",
        "exports.up = async (knex) => { knex.raw('CREATE TABLE a ()') }",
        "exports.up = async (knex) => { await knex.raw(`CREATE TABLE ${a} ()`) }",
        "exports.up = async (knex) => { await knex.raw('CREATE TABLE a ()' + b) }",
        "exports.up = async (knex) => { await knex.raw('CREATE TABLE \\x61 ()') }",
        "exports.up = async (knex) => { await knex.raw('CREATE TABLE ?? ()', ['a']) }",
        "exports.up = async (knex) => { await knex.raw('CREATE TABLE a ()').then(f) }",
        "exports.up = async (knex) => { await knex.withSchema('x').raw('CREATE TABLE a ()') }",
        "exports.up = async (knex) => { await other.raw('CREATE TABLE a ()') }",
        "exports.up = require('./up'); // knex.raw('CREATE TABLE a ()')",
        "exports.down = knex => knex.raw('CREATE TABLE a ()')",
        "exports.up = async (knex) => { a &&\n await knex.raw('CREATE TABLE a ()') }",
        "exports.up = async (knex) => { b ? c :\n await knex.raw('CREATE TABLE a ()') }",
      })
  void nothingComputedConditionalOrElsewhere(String text) {
    assertThat(knex(text)).isEqualTo("?");
  }

  @Test
  void nothingBehindTheEnd() {
    assertThat(
            knex(
                "exports.up = k => { return k.raw('CREATE TABLE a ()'); k.raw('CREATE TABLE b ()') }"))
        .isEqualTo("a@1");
    assertThat(knex("exports.up = async function (knex) {}")).isEmpty();
  }

  @Test
  void sequelizesOptions() {
    String start =
        "module.exports = { up: async (q, S) => { await q.sequelize.query('DROP TABLE a'";
    assertThat(sequelize(start + ") } }")).isEqualTo("-a@1");
    assertThat(sequelize(start + ", { transaction: t, raw: true }) } }")).isEqualTo("-a@1");
    assertThat(sequelize(start + ", { replacements: { a: 1 } }) } }")).isEqualTo("?");
    assertThat(sequelize(start + ", options) } }")).isEqualTo("?");
  }

  @Test
  void patternsAreNoQuotes() {
    assertThat(
            knex(
                "const x = /['\"]/g; exports.up = k => k.raw('CREATE TABLE a (b int DEFAULT 1/2)')"))
        .isEqualTo("a@1");
  }

  // Ruby

  private static String migration(String body) {
    return "class A < ActiveRecord::Migration[6.1]\n" + body + "\nend\n";
  }

  @Test
  void heredocsAndQuotes() {
    assertThat(
            ruby(
                migration(
                    """
                      def up
                        execute <<~SQL
                          CREATE TABLE a (id int); -- it's
                          CREATE TABLE b (id int)
                        SQL
                        execute(<<-SQL.squish)
                          CREATE TABLE c (id int)
                        SQL
                        execute "CREATE TABLE d (id int)"
                        execute('CREATE TABLE "E" (id int)')
                        execute %q(CREATE TABLE f (id int))
                        connection.execute 'DROP TABLE a'
                      end

                      def down
                        raise ActiveRecord::IrreversibleMigration if x
                      end
                    """)))
        .isEqualTo("a@4 b@5 c@8 d@10 E@11 f@12 -a@13");
  }

  @Test
  void blocksOfRails() {
    assertThat(
            ruby(
                migration(
                    """
                      disable_ddl_transaction!
                      def change
                        create_table :z do |t|
                          t.text :name
                        end
                        safety_assured { execute "CREATE TABLE a ()" }
                        safety_assured do
                          execute "CREATE TABLE b ()"
                        end
                        reversible do |dir|
                          dir.up do
                            execute "CREATE TABLE c ()"
                          end
                          dir.down { execute "DROP TABLE c" }
                        end
                        up_only { execute "CREATE TABLE d ()" }
                        add_index :a, :b, if_not_exists: true
                        execute "CREATE TABLE e ()"
                      end
                    """)))
        .isEqualTo("? a@7 b@9 c@13 d@17 ? e@19");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def up\n execute \"CREATE TABLE #{x} ()\"\nend",
        "def up\n execute <<~SQL\n CREATE TABLE #{x} ()\n SQL\nend",
        "def up\n execute 'CREATE TABLE a ()' if x\nend",
        "def up\n return if x\n execute 'CREATE TABLE a ()'\nend",
        "def up\n execute(SQL)\nend",
        "def up\n execute 'CREATE TABLE a ()' + x\nend",
        "def up\n execute File.read('CREATE TABLE a ()')\nend",
        "def up\n other.execute 'CREATE TABLE a ()'\nend",
        "def up\n execute 'CREATE TABLE a ()', 1\nend",
        "def up\n execute <<~SQL.squish\n -- a\n CREATE TABLE a ()\n SQL\nend",
        "def up\n execute <<~SQL.gsub('a', 'b')\n CREATE TABLE a ()\n SQL\nend",
        "def up\n [1].each do\n execute 'CREATE TABLE a ()'\n end\nend",
        "def up = execute('CREATE TABLE a ()')",
        "def execute(x)\n super\nend\ndef up\n execute 'CREATE TABLE a ()'\nend",
        "def up\n execute 'CREATE TABLE a ()'\nend\ndef change\nend",
        "=begin\ndef up\n=end\ndef down\n execute 'CREATE TABLE a ()'\nend",
      })
  void nothingComputedInRuby(String body) {
    assertThat(ruby(migration(body))).isEqualTo("?");
  }

  // Elixir

  @Test
  void ecto() {
    assertThat(
            elixir(
                """
                defmodule A do
                  use Ecto.Migration
                  @disable_ddl_transaction true

                  def change do
                    execute "CREATE TABLE a (id int)"
                    execute(\"""
                    CREATE TABLE b (id int)
                    \""")
                    execute("CREATE TABLE c (id int)", "DROP TABLE c")
                    execute(~s|CREATE TABLE d (id int)|)
                    flush()
                    create table(:x) do
                      add :name, :string
                    end
                    execute fn -> repo().query!("DROP TABLE a") end
                    execute "DROP TABLE a",
                            "CREATE TABLE a (id int)"
                  end
                end
                """))
        .isEqualTo("a@6 b@8 c@10 d@11 ? ? -a@17");
    assertThat(
            elixir(
                "defmodule A do\n def up, do: execute(\"DROP TABLE a\")\n def down, do: :ok\nend"))
        .isEqualTo("-a@2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def up do\n execute \"CREATE TABLE #{x} ()\"\n end",
        "def up do\n if x, do: execute(\"CREATE TABLE a ()\")\n end",
        "def up do\n for t <- x do\n execute(\"CREATE TABLE a ()\")\n end\n end",
        "def up do\n execute(@sql)\n end",
        "def up, do: execute(File.read!(\"a.sql\"))",
        "def up do\n \"CREATE TABLE a ()\" |> execute()\n end",
        "def up do\n execute(\"CREATE TABLE a ()\" <> x)\n end",
        "defp execute(x), do: x\n def up do\n execute(\"CREATE TABLE a ()\")\n end",
      })
  void nothingComputedInElixir(String body) {
    assertThat(elixir("defmodule A do\n " + body + "\nend\n")).isEqualTo("?");
  }

  // C#

  private static String up(String body) {
    return """
        public partial class A : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
        %s
            }

            protected override void Down(MigrationBuilder migrationBuilder)
            {
                if (true) { migrationBuilder.Sql("DROP TABLE a"); }
            }
        }
        """
        .formatted(body);
  }

  @Test
  void entityFramework() {
    assertThat(
            cSharp(
                up(
                    """
                            migrationBuilder.Sql("CREATE TABLE a (id int)");
                            migrationBuilder.Sql(@"
                                CREATE TABLE ""B"" (id int); -- it's
                                CREATE TABLE c (id int)", suppressTransaction: true);
                            migrationBuilder.CreateTable(
                                name: "z", columns: t => new { Id = t.Column<int?>(nullable: true) });
                            migrationBuilder.Sql(sql: "DROP " + "TABLE a");
                            migrationBuilder.Sql(\"""
                                CREATE TABLE "D" (id int)
                                \""");""")))
        .isEqualTo("a@5 B@7 c@8 ? -a@11 D@13");
    assertThat(cSharp(up(""))).isEmpty();
    assertThat(
            cSharp("void Up(MigrationBuilder m) => m.Sql(\"DROP TABLE a\"); void X() { return; }"))
        .isEqualTo("-a@1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrationBuilder.Sql($\"CREATE TABLE {x} ()\");",
        "migrationBuilder.Sql($@\"CREATE TABLE {x} ()\");",
        "if (x) { migrationBuilder.Sql(\"CREATE TABLE a ()\"); }",
        "migrationBuilder.Sql(File.ReadAllText(\"a.sql\"));",
        "migrationBuilder.Sql(\"CREATE TABLE a ()\", x);",
        "return; migrationBuilder.Sql(\"CREATE TABLE a ()\");",
        "\n#if X\nmigrationBuilder.Sql(\"CREATE TABLE a ()\");\n#endif",
      })
  void nothingComputedInCSharp(String body) {
    assertThat(cSharp(up(body))).isEqualTo("?");
  }

  /** What cannot be a program at all is no reason to fail. */
  @ParameterizedTest
  @CsvSource({
    "'exports.up = ('",
    "'def up\n execute <<~SQL'",
    "'def up do \"#{'",
    "'void Up(M m) { m.Sql(@\"'"
  })
  void halfAProgram(String text) {
    assertThat(knex(text)).isEqualTo("?");
    assertThat(ruby(text)).isEqualTo("?");
    assertThat(elixir(text)).isEqualTo("?");
    assertThat(cSharp(text)).isEqualTo("?");
  }
}
