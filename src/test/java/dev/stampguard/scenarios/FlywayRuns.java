package dev.stampguard.scenarios;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs commands in a project of Flyway's with a database of the shared server.
 *
 * @param query what the URL ends with
 */
record FlywayRuns(PostgresServer server, String database, Path project, String query) {
  FlywayRuns(PostgresServer server, String database, Path project) {
    this(server, database, project, "");
  }

  private Map<String, String> environment() {
    int major = Integer.getInteger("stampguard.postgres.major", 18);
    return Map.of(
        "PATH",
        PostgresClient.forServer(major).directory()
            + File.pathSeparator
            + PostgresServer.local().programs()
            + File.pathSeparator
            + System.getenv("PATH"),
        "DATABASE_URL",
        server.url(database) + query);
  }

  InProcess.Result run(String... words) {
    return InProcess.run(project, environment(), words);
  }

  /** What {@code diagnose} says: the verdict and each finding with its revisions. */
  String story(String... options) {
    var words = new ArrayList<>(List.of("diagnose", "--output", "json"));
    words.addAll(Arrays.asList(options));
    InProcess.Result result = run(words.toArray(String[]::new));
    if (!result.out().contains("\"verdict\"")) {
      return result.exitCode() + " " + result.out() + result.err();
    }
    Json document = Json.parse(result.out());
    var story = new StringBuilder(document.string("verdict"));
    document
        .objects("findings")
        .forEach(
            finding ->
                story
                    .append(' ')
                    .append(finding.string("code"))
                    .append('(')
                    .append(String.join(", ", finding.strings("revisions")))
                    .append(')'));
    return story.toString();
  }
}
