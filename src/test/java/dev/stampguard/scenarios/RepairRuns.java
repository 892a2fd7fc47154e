package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in a project with a database of the shared server. */
record RepairRuns(PostgresServer server, String database, Path project) {
  /** With {@code pg_dump} of the server's major, Alembic, and the database as the target. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(ReplayEnvironment.variables());
    int major = Integer.getInteger("stampguard.postgres.major", 18);
    environment.merge(
        "PATH",
        PostgresClient.forServer(major).directory().toString(),
        (path, client) -> client + File.pathSeparator + path);
    environment.put("DATABASE_URL", server.url(database));
    return environment;
  }

  InProcess.Result run(String... words) {
    return InProcess.run(project, environment(), words);
  }

  /** The document of a command that is to succeed. */
  Json json(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json"));
    InProcess.Result result = run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as("%s: %s", all, result.err()).isZero();
    return Json.parse(result.out());
  }

  /** The first column of a query's rows. */
  List<String> texts(String sql) {
    return texts(database, sql);
  }

  List<String> texts(String in, String sql) {
    return server.texts(in, sql);
  }
}
