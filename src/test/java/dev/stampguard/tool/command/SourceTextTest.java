package dev.stampguard.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTextTest {
  private static final SourceText TEXT =
      SourceText.javaScript(
          """
          // migrations: { directory: 'nowhere' }
          const base = "http://example.org/x"; /* tableName: 'no' */
          module.exports = {
            client: 'pg',
            "migrations": {
              directory: [`./one`, path.join(__dirname, 'db', 'two'), __dirname + '/three'],
              tableName: process.env.TABLE,
              'schemaName': "app",
              sortDirsSeparately: true,
            },
            seeds: { directory: './seeds' },
          };
          """);

  @Test
  void plainSettingsAreRead() {
    SourceText migrations = TEXT.object("migrations").orElseThrow();

    assertThat(migrations.paths("directory")).containsExactly("./one", "db/two", "three");
    assertThat(migrations.string("schemaName")).contains("app");
    assertThat(migrations.text()).doesNotContain("seeds");
    assertThat(TEXT.string("client")).contains("pg");
  }

  @Test
  void whatIsComputedIsNotGuessed() {
    SourceText migrations = TEXT.object("migrations").orElseThrow();

    assertThat(migrations.has("tableName")).isTrue();
    assertThat(migrations.string("tableName")).isEmpty();
    assertThat(migrations.has("loadExtensions")).isFalse();
    assertThat(TEXT.object("client")).isEmpty();
  }
}
