package dev.stampguard.postgres.scratch;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.database.DatabaseBuilder;
import dev.stampguard.postgres.database.DatabaseProperties;
import dev.stampguard.postgres.database.DatabaseSwap;
import dev.stampguard.postgres.database.Maintenance;
import dev.stampguard.target.Target;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A database that is built beside another one to take its place, with its owner, encoding, locale,
 * settings, privileges and comment. Closing it drops it, unless it took the place; when the run is
 * killed the next one drops it, or it took the place as a whole.
 */
public final class ReplacementDatabase implements AutoCloseable {
  private static final String SEARCH_PATH = "search_path";

  private final PostgresConnector connector;
  private final DatabaseProperties properties;
  private final Target target;
  private final PostgresConnection guard;
  private final Thread atExit;

  private ReplacementDatabase(
      PostgresConnector connector,
      DatabaseProperties properties,
      Target target,
      PostgresConnection guard) {
    this.connector = connector;
    this.properties = properties;
    this.target = target;
    this.guard = guard;
    // Ctrl-C runs no finally; its content may be large.
    this.atExit = new Thread(this::drop, "stampguard-replacement");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Drops what earlier runs left on the server and makes an empty database.
   *
   * @param present the database to be replaced; it need not exist
   * @param properties what it is to be like
   * @throws StampguardException (no access) when the role may not create databases, or not for this
   *     owner
   */
  public static ReplacementDatabase create(
      PostgresConnector connector, Target present, DatabaseProperties properties) {
    Objects.requireNonNull(properties);
    PostgresConnection guard = Maintenance.open(connector, present, Set.of(present.database()));
    try {
      ScratchDatabase.sweep(guard);
      String name = ScratchDatabase.name(guard);
      var builder = new DatabaseBuilder(guard);
      builder.create(name, properties.encoding(), properties.locale(), ScratchDatabase.OUR_MARK);
      var made =
          new ReplacementDatabase(
              connector,
              properties,
              present.withDatabase(name, "replacement of " + present.database()),
              guard);
      try {
        made.protect(builder);
      } catch (SQLException e) {
        made.close();
        throw e;
      }
      return made;
    } catch (SQLException e) {
      guard.close();
      throw SqlErrors.state(e).equals("42501")
          ? mayNotCreate(present, properties)
          : SqlErrors.translate(e, present);
    }
  }

  private void protect(DatabaseBuilder builder) throws SQLException {
    try (PreparedStatement statement =
            guard.jdbc().prepareStatement(SqlResource.read("replacement-lock"));
        Statement mark = guard.jdbc().createStatement()) {
      statement.setString(1, target.database());
      statement.execute();
      mark.execute(SqlResource.read("replacement-mark").formatted(target.database()));
    }
    builder.giveTo(target.database(), properties.owner());
  }

  /**
   * Puts in what scripts take for granted: schemas and extensions.
   *
   * @return one sentence for each extension that nothing needs and that is not to be had
   * @throws StampguardException (no access) when something needs one that is not to be had
   */
  public List<String> furnish(DatabaseModel model, List<String> extensions) {
    try (PostgresConnection connection = connector.open(target)) {
      var furniture = new Furniture(connection, "the new database");
      furniture.makeSchemas(model.schemas());
      List<String> leftOut = furniture.takeOver(model.extensions());
      furniture.install(extensions);
      return leftOut.stream().map("extension `%s` could not be taken over"::formatted).toList();
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  /**
   * Lets this role's names without a schema go where a search path says, until {@link #unfollow}.
   *
   * @param searchPath as PostgreSQL stores it
   */
  public void follow(String searchPath) {
    try {
      new DatabaseBuilder(guard)
          .set(
              target.database(),
              new DatabaseProperties.Setting(Optional.of(target.user()), SEARCH_PATH, searchPath));
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  /** Gives this role the search path again that it is to have. */
  public void unfollow() {
    try {
      var builder = new DatabaseBuilder(guard);
      builder.resetSearchPath(target.database(), target.user());
      for (DatabaseProperties.Setting setting : properties.settings()) {
        if (setting.name().equals(SEARCH_PATH)
            && setting.role().equals(Optional.of(target.user()))) {
          builder.set(target.database(), setting);
        }
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  /** How to connect to it, to fill it. */
  public Target target() {
    return target;
  }

  /**
   * Gives it what a dump leaves out: settings, privileges, tablespace. Nobody may be connected.
   *
   * @return one sentence for each property this role may not set or this server does not know
   */
  public List<String> finish() {
    try {
      return new DatabaseBuilder(guard).apply(target.database(), properties);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  /** As the other, without a last look. */
  public void takePlaceOf(String database, String keptName, boolean terminate) {
    takePlaceOf(database, keptName, terminate, DatabaseSwap.LastLook.none());
  }

  /**
   * Lets it take the place of another database, which is kept. Nobody may be connected to it.
   *
   * @param database the name it gets; there may be no database of it
   * @param keptName what the present database is called from then on
   * @param terminate whether to end the sessions that are in the way
   * @param lastLook what to do when nobody else is in the database any more
   * @throws StampguardException as {@link DatabaseSwap#swap(DatabaseSwap.Request)} says
   */
  public void takePlaceOf(
      String database, String keptName, boolean terminate, DatabaseSwap.LastLook lastLook) {
    new DatabaseSwap(connector, target)
        .swap(
            new DatabaseSwap.Request(database, target.database(), keptName, terminate),
            lastLook,
            connection ->
                new DatabaseBuilder(connection)
                    .limitAndComment(database, properties.connectionLimit(), properties.comment()));
  }

  /** Drops it, unless it took another's place. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // Already exiting; dropping it twice does no harm.
    }
    drop();
  }

  private void drop() {
    try (guard) {
      // Under this name there is nothing any more once it took its place.
      ScratchDatabase.drop(guard.jdbc(), target.database());
    } catch (SQLException e) {
      // The server is gone, or the connection: the next run sweeps it.
    }
  }

  private static StampguardException mayNotCreate(Target present, DatabaseProperties properties) {
    return new StampguardException(
        ExitCode.NO_ACCESS,
        "role `%s` may not create a database owned by `%s`"
            .formatted(present.user(), properties.owner()),
        "grant role `%s` CREATEDB%s, or use another role"
            .formatted(
                present.user(),
                properties.owner().equals(present.user())
                    ? ""
                    : " and membership in `%s`".formatted(properties.owner())));
  }
}
