package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.MigrationTool;
import java.util.List;
import java.util.Map;

/** All of them. */
public final class SqlFileTools {
  private SqlFileTools() {}

  /**
   * Those that a file of their own gives away come first; none takes files for its own that the
   * settings of another one speak of.
   *
   * @param environment of the process, whose variables some tools read
   */
  public static List<MigrationTool> all(Map<String, String> environment) {
    return List.of(
        new Prisma(),
        new Drizzle(),
        new Supabase(),
        new Atlas(),
        new Sqitch(),
        new Diesel(),
        new Sqlx(),
        new NodePgMigrate(),
        new Goose(environment),
        new Dbmate(environment),
        new GolangMigrate());
  }
}
