package dev.stampguard.postgres.database;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Lets one database take the place of another, which is kept under another name. Both renames are
 * one transaction: whatever happens, there is a database of the name, and it is the old one or the
 * new one.
 *
 * <p>PostgreSQL renames only what nobody is connected to. From its first rename on the transaction
 * locks new sessions out; nothing is switched off that a killed run could leave switched off.
 */
public final class DatabaseSwap {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int LONGEST_NAME = 63;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private final PostgresConnector connector;
  private final Target server;

  /**
   * @param server any database of the server
   */
  public DatabaseSwap(PostgresConnector connector, Target server) {
    this.connector = Objects.requireNonNull(connector);
    this.server = Objects.requireNonNull(server);
  }

  /**
   * What takes whose place.
   *
   * @param database the name that is taken; there may be no database of it
   * @param replacement the database that gets the name
   * @param keptName what the present database is called from then on
   * @param terminate whether to end the sessions that are in the way
   */
  public record Request(String database, String replacement, String keptName, boolean terminate) {
    public Request {
      Objects.requireNonNull(database);
      Objects.requireNonNull(replacement);
      Objects.requireNonNull(keptName);
    }

    Set<String> names() {
      return Set.copyOf(List.of(database, replacement, keptName));
    }
  }

  /** What else belongs into the transaction, after both renames. */
  @FunctionalInterface
  public interface Finish {
    void run(PostgresConnection connection) throws SQLException;
  }

  /**
   * Looks at the database once more when nobody else is in it, before the names are swapped.
   *
   * @param application what its own sessions call themselves, so that they are not ended too
   * @param look throws to call everything off
   */
  public record LastLook(String application, Runnable look) {
    public LastLook {
      Objects.requireNonNull(application);
      Objects.requireNonNull(look);
    }

    /**
     * Looks at a database.
     *
     * @param look connects as it is told to
     */
    public static LastLook at(Target database, Consumer<Target> look) {
      String application = "stampguard last look " + UUID.randomUUID().toString().substring(0, 8);
      Target named = database.withParameter("application_name", application);
      return new LastLook(application, () -> look.accept(named));
    }

    /** Looks at nothing. */
    public static LastLook none() {
      return new LastLook("", () -> {});
    }
  }

  /**
   * What a database is called that another one replaced at this time: {@code NAME_before_TIME}, and
   * no longer than PostgreSQL's names are.
   */
  public static String keptName(String database, Instant time) {
    String suffix = "_before_" + TIME.format(time);
    String kept = database;
    while ((kept + suffix).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return kept + suffix;
  }

  /**
   * {@link #keptName} of the first second, from this one on, whose name is free: a database may be
   * swapped and swapped back within one.
   */
  public String freeKeptName(String database, Instant time) {
    Instant second = time;
    while (Maintenance.exists(
        connector, server.withDatabase(keptName(database, second), "kept database"))) {
      second = second.plusSeconds(1);
    }
    return keptName(database, second);
  }

  /**
   * Swaps.
   *
   * @throws StampguardException (refused) naming the sessions that are in the way, or when the name
   *     to keep is taken; (no access) when the role may not do it. Nothing has changed then
   */
  public void swap(Request request) {
    swap(request, LastLook.none(), connection -> {});
  }

  /**
   * Makes sure that nobody is in a database, for tasks that would be in vain otherwise.
   *
   * @throws StampguardException (refused) naming who is
   */
  public void requireFree(String database) {
    var request = new Request(database, database, database, false);
    try (PostgresConnection connection = Maintenance.open(connector, server, Set.of(database))) {
      requireFree(connection, request);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, server);
    }
  }

  /** As {@link #swap(Request)}, with a last look before and more in the same transaction. */
  public void swap(Request request, LastLook lastLook, Finish finish) {
    try (PostgresConnection connection = Maintenance.open(connector, server, request.names())) {
      Set<String> existing = existing(connection, request);
      requireSense(request, existing);
      requireFree(connection, request);
      if (request.terminate()) {
        try (Evictor evictor = Evictor.start(connector, server, request, lastLook)) {
          evictor.evict();
          lastLook.look().run();
          rename(connection, request, existing.contains(request.database()), finish);
        }
      } else {
        lastLook.look().run();
        rename(connection, request, existing.contains(request.database()), finish);
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, server);
    }
  }

  private Set<String> existing(PostgresConnection connection, Request request) throws SQLException {
    var existing = new HashSet<String>();
    try (PreparedStatement statement =
        connection.jdbc().prepareStatement(SqlResource.read("database-names"))) {
      statement.setString(1, request.database());
      statement.setString(2, request.replacement());
      statement.setString(3, request.keptName());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          existing.add(rows.getString(1));
        }
      }
    }
    return existing;
  }

  private void requireSense(Request request, Set<String> existing) {
    if (!existing.contains(request.replacement())) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` cannot take the place of `%s`: it does not exist"
              .formatted(request.replacement(), request.database()),
          null);
    }
    if (existing.contains(request.keptName())) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` cannot be kept as `%s`: there is a database of that name"
              .formatted(request.database(), request.keptName()),
          "rename or drop `%s` first".formatted(request.keptName()));
    }
  }

  private void requireFree(PostgresConnection connection, Request request) throws SQLException {
    // A client that has just hung up, such as ourselves, is there for a moment longer.
    long limit = System.nanoTime() + PATIENCE.toNanos();
    List<Session> sessions = inTheWay(connection, request);
    while (!sessions.isEmpty() && System.nanoTime() < limit) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      sessions = inTheWay(connection, request);
    }
    if (!sessions.isEmpty()) {
      throw inUse(request, sessions);
    }
  }

  /** Prepared transactions are in the way whatever is asked for: they are somebody's data. */
  private static List<Session> inTheWay(PostgresConnection connection, Request request)
      throws SQLException {
    return sessions(connection, request.database(), request.replacement()).stream()
        .filter(session -> !request.terminate() || session.isPreparedTransaction())
        .toList();
  }

  /** Who is connected to either of two databases, this session left out. */
  static List<Session> sessions(PostgresConnection connection, String one, String other)
      throws SQLException {
    try (PreparedStatement statement =
        connection.jdbc().prepareStatement(SqlResource.read("database-sessions"))) {
      for (int i = 1; i <= 4; i += 2) {
        statement.setString(i, one);
        statement.setString(i + 1, other);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return Session.read(rows);
      }
    }
  }

  private void rename(
      PostgresConnection connection, Request request, boolean isReplacing, Finish finish)
      throws SQLException {
    Connection jdbc = connection.jdbc();
    try (Statement statement = jdbc.createStatement()) {
      statement.execute(SqlResource.read("database-swap"));
      if (isReplacing) {
        rename(jdbc, statement, request.database(), request.keptName());
      }
      rename(jdbc, statement, request.replacement(), request.database());
      finish.run(connection);
      statement.execute("COMMIT");
    } catch (SQLException e) {
      throw failed(connection, request, e);
    }
  }

  private static void rename(Connection jdbc, Statement statement, String from, String to)
      throws SQLException {
    var quoting = jdbc.unwrap(PGConnection.class);
    statement.execute(
        SqlResource.read("database-rename")
            .formatted(quoting.escapeIdentifier(from), quoting.escapeIdentifier(to)));
  }

  private StampguardException failed(
      PostgresConnection connection, Request request, SQLException error) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException gone) {
      // With the connection the transaction is gone too.
      return SqlErrors.translate(error, server);
    }
    return switch (SqlErrors.state(error)) {
      case "55006" ->
          inUse(request, sessions(connection, request.database(), request.replacement()));
      case "42501" ->
          new StampguardException(
              ExitCode.NO_ACCESS,
              "role `%s` may not rename `%s`".formatted(server.user(), request.database()),
              "make role `%s` its owner and grant it CREATEDB, or use another role"
                  .formatted(server.user()));
      default -> SqlErrors.translate(error, server);
    };
  }

  private static StampguardException inUse(Request request, List<Session> sessions) {
    String who = sessions.stream().map(Session::describe).collect(Collectors.joining(", "));
    boolean isOnlyWaiting = sessions.stream().anyMatch(Session::isPreparedTransaction);
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` is in use%s".formatted(request.database(), who.isEmpty() ? "" : ": " + who),
        isOnlyWaiting
            ? "commit or roll back what is prepared, then try again"
            : "end them and try again, or let them be ended with `--terminate`");
  }
}
