package dev.stampguard.postgres.scratch;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.SqlResource;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * What scripts take for granted in an empty database: schemas and extensions.
 *
 * @param connection to that database
 * @param what how messages call it, for example {@code a scratch database}
 */
record Furniture(PostgresConnection connection, String what) {
  /** Makes schemas that are not there. */
  void makeSchemas(List<String> schemas) throws SQLException {
    for (String schema : schemas) {
      execute("scratch-schema", quoted(schema));
    }
  }

  /**
   * Installs extensions.
   *
   * @throws StampguardException (no access) when one is not to be had on this server
   */
  void install(List<String> extensions) {
    for (String extension : extensions) {
      install(extension, Optional.empty());
    }
  }

  /**
   * Installs another database's extensions where that has them. Those that nothing depends on are
   * left out when they are not to be had.
   *
   * @return the names of those that were left out
   * @throws StampguardException (no access) when one that something depends on is not to be had
   */
  List<String> takeOver(List<DatabaseModel.Extension> extensions) {
    var leftOut = new ArrayList<String>();
    for (DatabaseModel.Extension extension : extensions) {
      try {
        install(
            extension.name(),
            Optional.of(extension.schema()).filter(schema -> !schema.startsWith("pg_")));
      } catch (StampguardException e) {
        if (extension.needed()) {
          throw e;
        }
        leftOut.add(extension.name());
      }
    }
    return leftOut;
  }

  private void install(String extension, Optional<String> schema) {
    try {
      String place = "";
      if (schema.isPresent()) {
        execute("scratch-schema", quoted(schema.get()));
        place = "SCHEMA " + quoted(schema.get());
      }
      execute("scratch-extension", quoted(extension), place);
    } catch (SQLException e) {
      throw new StampguardException(
          ExitCode.NO_ACCESS,
          "extension `%s` cannot be installed in %s".formatted(extension, what),
          "install its package on this machine, or use a server that has it with `--scratch URL`");
    }
  }

  private String quoted(String identifier) throws SQLException {
    return connection.jdbc().unwrap(PGConnection.class).escapeIdentifier(identifier);
  }

  private void execute(String resource, Object... names) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute(SqlResource.read(resource).formatted(names));
    }
  }
}
