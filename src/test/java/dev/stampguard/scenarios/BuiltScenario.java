package dev.stampguard.scenarios;

import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A scenario that stands on a server. Closing it drops its databases, so that the next scenario
 * does not see them as siblings.
 *
 * @param scenario what was built
 * @param server where its databases are
 * @param project the directory of its project
 * @param environment variables to run stampguard with
 */
public record BuiltScenario(
    Scenario scenario, PostgresServer server, Path project, Map<String, String> environment)
    implements AutoCloseable {

  @Override
  public void close() {
    drop(scenario.database());
    scenario.sibling().ifPresent(sibling -> drop(sibling.database()));
  }

  private void drop(String database) {
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
  }
}
