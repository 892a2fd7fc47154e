package dev.stampguard.tool.liquibase;

import dev.stampguard.tool.command.Shield;
import java.util.Map;

/** Tells Liquibase its database in the variables that win over its files. */
final class CommandShield implements Shield {
  @Override
  public Raised raise(Map<String, String> environment) {
    environment.put(
        "LIQUIBASE_COMMAND_URL",
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                environment.get("PGHOST"),
                environment.get("PGPORT"),
                environment.get("PGDATABASE")));
    environment.put("LIQUIBASE_COMMAND_USERNAME", environment.getOrDefault("PGUSER", ""));
    environment.put("LIQUIBASE_COMMAND_PASSWORD", environment.getOrDefault("PGPASSWORD", ""));
    environment.put("LIQUIBASE_SHOW_BANNER", "false");
    return () -> {
      // Nothing was put up that outlives the child.
    };
  }
}
