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
   * <p>They share one look at a project, so each search is to have its own.
   *
   * @param environment of the process, whose variables some tools read
   */
  public static List<MigrationTool> all(Map<String, String> environment) {
    var look = new ProjectLook();
    return List.of(
        new Prisma(look),
        new Drizzle(look),
        new Supabase(look),
        new Atlas(look),
        new Sqitch(look),
        new Diesel(look),
        new Sqlx(look),
        new NodePgMigrate(look),
        new Goose(look, environment),
        new Dbmate(look, environment),
        new GolangMigrate(look));
  }
}
