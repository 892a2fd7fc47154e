package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that run SQL, run by the tools themselves, and what is known of them without a lock file
 * and without running any.
 */
class ProgramSqlTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;

  /**
   * A tool's way to run SQL.
   *
   * @param tool its name
   * @param directory of its migrations
   * @param ending of their names
   * @param sql a migration that runs the SQL for which {@code %s} stands; its class is {@code @}
   * @param other one that makes a table {@code shelves} without SQL
   */
  private record Way(String tool, String directory, String ending, String sql, String other) {
    @Override
    public String toString() {
      return tool;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way(
            "knex",
            "db/migrations",
            ".js",
            """
            exports.up = async (knex) => {
              await knex.raw(`
                %s`);
            };
            exports.down = async () => {};
            """,
            """
            exports.up = (knex) => knex.schema.createTable('shelves', (t) => { t.increments(); });
            exports.down = async () => {};
            """),
        new Way(
            "sequelize",
            "db/migrations",
            ".js",
            """
            module.exports = {
              async up(queryInterface, Sequelize) {
                await queryInterface.sequelize.query(`%s`, { raw: true })
              },
              async down() {}
            }
            """,
            """
            module.exports = {
              up: (queryInterface, S) =>
                queryInterface.createTable('shelves', { id: { type: S.INTEGER, primaryKey: true } }),
              down: async () => {},
            };
            """),
        new Way(
            "rails",
            "db/migrate",
            ".rb",
            """
            class @ < ActiveRecord::Migration[6.1]
              def up
                execute <<~SQL
                  %s
                SQL
              end
            end
            """,
            """
            class @ < ActiveRecord::Migration[6.1]
              def change
                create_table :shelves do |t|
                  t.text :name
                end
              end
            end
            """));
  }

  private void write(Way way, String number, String name, String text) {
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    try {
      Files.writeString(
          project.resolve(way.directory()).resolve(number + "_" + name + way.ending()),
          text.replace("@", type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void empty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatTheyMakeIsKnownByName(Way way) {
    ProgramTool tool = ProgramTool.load(way.tool());
    tool.build(project);
    empty(project.resolve(way.directory()));
    String authors = "CREATE TABLE authors (id int PRIMARY KEY, name text)";
    String books = "CREATE TABLE books (id int, author_id int REFERENCES authors (id))";
    write(way, "20240101090000", "authors", way.sql().formatted(authors));
    write(way, "20240102090000", "books", way.sql().formatted(books));
    String database = server.createDatabase();
    tool.migrate(server, database, project);
    var runs = new FlywayRuns(server, database, project);

    InProcess.Result check = runs.run("check");
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(runs.run("check", "--output", "json").out().replaceAll("\\s+", ""))
        .contains("\"expectation\":{\"source\":\"scripts\",\"exact\":true}");

    server.execute(database, "ALTER TABLE authors DROP COLUMN name");
    check = runs.run("check");
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(runs.run("diagnose", "--scratch", "none").out())
        .contains("column public.authors.name");
    assertThat(runs.story("--scratch", "none")).startsWith("inconsistent SG104(");

    // Of what is no SQL nobody knows what it left: the rest is told all the same.
    write(way, "20240103090000", "shelves", way.other());
    tool.migrate(server, database, project);
    assertThat(runs.story("--scratch", "none"))
        .startsWith("unknown ")
        .contains("SG104(2024010109", "SG111(2024010309");
    assertThat(runs.run("check").exitCode()).isEqualTo(3);
  }
}
