package dev.stampguard.tool.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.MigrationProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locations with wildcards are read as Flyway's own engine reads them. */
class WildcardTest {
  @TempDir private Path project;

  private static final List<String> FILES =
      List.of(
          "db/V1__a.sql",
          "db/a/V2__b.sql",
          "db/a/migrations/V3__c.sql",
          "db/a/migrations/deep/V4__d.sql",
          "db/b/migrations/V5__e.sql",
          "db/b/c/migrations/V6__f.sql",
          "db/b/c/x1/V7__g.sql",
          "db/migrations/V8__h.sql",
          "db/b.c/migrations/V9__i.sql");

  private void write() {
    for (String file : FILES) {
      try {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "SELECT 1;\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<String> theirs(String pattern) {
    return Arrays.stream(
            Flyway.configure()
                .dataSource(
                    "jdbc:postgresql://localhost:%d/postgres"
                        .formatted(PostgresServer.shared().port()),
                    "postgres",
                    "postgres")
                .locations("filesystem:" + project + "/" + pattern)
                .load()
                .info()
                .all())
        .map(MigrationInfo::getScript)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db/*/migrations",
        "db/*",
        "db/**/migrations",
        "**/migrations",
        "db/?/migrations",
        "db/**/x?",
        "d*/a/migrations",
        "db/**/c/*",
        "db/*/migrations/V*.sql",
        "db/*/V2__b.sql",
        "db/b.c/*",
        "db/b*c/migrations"
      })
  void whatTheEngineFindsIsFound(String pattern) throws IOException {
    write();
    Files.writeString(
        project.resolve("flyway.conf"), "flyway.locations=filesystem:" + project + "/" + pattern);
    List<String> theirs = theirs(pattern);

    MigrationProject found = new FlywayTool(Map.of()).detect(project).orElseThrow();
    assertThat(
            new ScriptFinder(project, SettingsFiles.in(project, Map.of()).orElseThrow())
                    .find(Location.of(SettingsFiles.in(project, Map.of()).orElseThrow(), project))
                    .stream()
                    .map(MigrationScript::script))
        .containsExactlyInAnyOrderElementsOf(theirs);
    assertThat(found.scripts().graph().revisions()).hasSameSizeAs(theirs);
  }

  /** What somebody may write for all that is below, and Flyway takes for nothing. */
  @Test
  void whatTheEngineFindsNothingInIsSaid() throws IOException {
    write();
    Files.writeString(
        project.resolve("flyway.conf"), "flyway.locations=filesystem:" + project + "/db/**");
    assertThat(theirs("db/**")).isEmpty();
    assertThatThrownBy(() -> new FlywayTool(Map.of()).detect(project))
        .hasMessageContaining("names the location")
        .hasMessageContaining("where nothing is");
  }

  @Test
  void whatIsNoWildcardIsNone() {
    assertThat(Wildcard.of("db/migrations")).isEmpty();
  }
}
