package dev.stampguard.service.backup;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.Manifest;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.client.ClientCommand;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.target.Target;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Fills an empty database from a backup. */
final class Filling {
  private static final String PREFIX = "pg_restore: ";

  private final PostgresConnector connector;
  private final Backup backup;
  private final Target target;
  private final ClientPrograms programs;
  private final int jobs;
  private final Progress progress;

  /**
   * @param target the empty database
   * @param path the variable {@code PATH}
   * @param jobs how many tables at once
   */
  Filling(
      PostgresConnector connector,
      Backup backup,
      Target target,
      String path,
      int jobs,
      Progress progress) {
    this.connector = Objects.requireNonNull(connector);
    this.backup = Objects.requireNonNull(backup);
    this.target = Objects.requireNonNull(target);
    this.jobs = jobs;
    this.progress = Objects.requireNonNull(progress);
    // It must know the server as well as read what pg_dump wrote.
    this.programs = ClientPrograms.find(path, Math.max(serverMajor(), dump().clientMajor()));
  }

  private int serverMajor() {
    try (PostgresConnection connection = connector.open(target)) {
      return connection.serverMajor();
    }
  }

  private Manifest.Dump dump() {
    return backup.manifest().dump().orElseThrow();
  }

  /** Whether the rows of all tables are in the backup. */
  private boolean isFull() {
    return backup.manifest().kind() == Manifest.Kind.FULL;
  }

  /**
   * Fills it with schema and rows.
   *
   * @param rest brings the rows that the backup does not hold, when tables are there and
   *     constraints are not yet
   */
  void fill(Runnable rest) {
    if (isFull()) {
      restore(backup.path(Backup.DUMP), List.of("--jobs=" + jobs));
      return;
    }
    restore(backup.path(Backup.DUMP), List.of("--section=pre-data"));
    backup.rows().ifPresent(rows -> restore(rows, List.of("--jobs=" + jobs)));
    rest.run();
    restore(backup.path(Backup.DUMP), List.of("--section=post-data"));
    refreshViews();
  }

  /** Fills it with the schema alone. */
  void fillSchema() {
    restore(backup.path(Backup.DUMP), List.of("--schema-only"));
  }

  /** Fills it with tables and the rows that are held, without constraints. */
  void fillRows() {
    restore(backup.path(Backup.DUMP), List.of("--section=pre-data"));
    backup.rows().ifPresent(rows -> restore(rows, List.of("--jobs=" + jobs)));
  }

  private void restore(Path archive, List<String> what) {
    var arguments = new ArrayList<>(what);
    arguments.add("--verbose");
    arguments.add(archive.toString());
    ClientCommand.on(target, programs, Program.PG_RESTORE, arguments)
        .run(
            line ->
                progress.show(
                    "restoring `%s`: %s"
                        .formatted(
                            backup.manifest().place().database(),
                            line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line)));
  }

  /** One that reads another waits for it. */
  private void refreshViews() {
    try (PostgresConnection connection = connector.open(target);
        Statement statement = connection.jdbc().createStatement()) {
      Set<QualifiedName> left = emptyViews(statement);
      SQLException failure = null;
      int before = left.size() + 1;
      while (!left.isEmpty() && left.size() < before) {
        before = left.size();
        for (QualifiedName view : left) {
          try {
            progress.show("refreshing `%s`".formatted(view));
            statement.execute(SqlResource.read("restore-view").formatted(view));
          } catch (SQLException e) {
            failure = e;
          }
        }
        left = emptyViews(statement);
      }
      if (!left.isEmpty() && failure != null) {
        throw failure;
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  private static Set<QualifiedName> emptyViews(Statement statement) throws SQLException {
    var views = new LinkedHashSet<QualifiedName>();
    try (ResultSet rows = statement.executeQuery(SqlResource.read("restore-views"))) {
      while (rows.next()) {
        views.add(new QualifiedName(rows.getString(1), rows.getString(2)));
      }
    }
    return views;
  }
}
