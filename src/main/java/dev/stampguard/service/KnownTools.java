package dev.stampguard.service;

import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.alembic.AlembicTool;
import dev.stampguard.tool.flyway.FlywayTool;
import java.util.List;
import java.util.Map;

/**
 * Every migration tool stampguard understands, in the order in which a project is asked for them.
 */
public final class KnownTools {
  private KnownTools() {}

  /**
   * All of them; the first that a project uses is the one a run is about.
   *
   * @param environment of the process, whose variables win over some tools' files
   */
  public static List<MigrationTool> all(Map<String, String> environment) {
    return List.of(new AlembicTool(), new FlywayTool(environment));
  }
}
