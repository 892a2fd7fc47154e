package dev.stampguard.tool.flyway;

import dev.stampguard.tool.command.Shield;
import java.util.List;
import java.util.Map;

/**
 * Tells Flyway, and what applications start it, their database in variables that win over files.
 */
final class CommandShield implements Shield {
  /** Variables of the URL, the role and the password. */
  private static final List<List<String>> VARIABLES =
      List.of(
          List.of("FLYWAY_URL", "FLYWAY_USER", "FLYWAY_PASSWORD"),
          List.of(
              "SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD"),
          List.of(
              "QUARKUS_DATASOURCE_JDBC_URL",
              "QUARKUS_DATASOURCE_USERNAME",
              "QUARKUS_DATASOURCE_PASSWORD"));

  @Override
  public Raised raise(Map<String, String> environment) {
    String url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                environment.get("PGHOST"),
                environment.get("PGPORT"),
                environment.get("PGDATABASE"));
    for (List<String> names : VARIABLES) {
      environment.put(names.get(0), url);
      environment.put(names.get(1), environment.getOrDefault("PGUSER", ""));
      environment.put(names.get(2), environment.getOrDefault("PGPASSWORD", ""));
    }
    return () -> {
      // Nothing was put up that outlives the child.
    };
  }
}
