package dev.stampguard.postgres;

import dev.stampguard.StampguardException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One {@code REPEATABLE READ READ ONLY} transaction in which every setting that changes
 * PostgreSQL's deparsed text is pinned. Opening it costs no round trip: what begins and pins it
 * travels in front of the first query. Works through PgBouncer in transaction mode: every setting
 * ends with it.
 */
public final class ReadOnlyTransaction implements AutoCloseable {
  private static final Query.Rows<List<String>> TEXT_ARRAY =
      rows -> {
        rows.next();
        return List.of((String[]) rows.getArray(1).getArray());
      };

  private enum State {
    NOT_BEGUN,
    OPEN,
    ENDED
  }

  private final PostgresConnection connection;
  private final StatementTimeout statementTimeout;
  private final LockTimeout lockTimeout;
  private State state = State.NOT_BEGUN;
  private List<String> searchPath = List.of();

  ReadOnlyTransaction(
      PostgresConnection connection, StatementTimeout statementTimeout, LockTimeout lockTimeout) {
    this.connection = Objects.requireNonNull(connection);
    this.statementTimeout = Objects.requireNonNull(statementTimeout);
    this.lockTimeout = Objects.requireNonNull(lockTimeout);
  }

  /** The connection it runs on. */
  public PostgresConnection connection() {
    return connection;
  }

  /**
   * The schemas this connection searches by itself: those of its search path that exist and that
   * its role may use, in order, as they were before the transaction pinned its own.
   *
   * @throws IllegalStateException before the first query
   */
  public List<String> searchPath() {
    if (state == State.NOT_BEGUN) {
      throw new IllegalStateException("the search path is known after the first query");
    }
    return searchPath;
  }

  /**
   * Runs a query in one message.
   *
   * @throws StampguardException as {@link SqlErrors#translate} says; (refused, passing) naming the
   *     holder when another session's lock is in the way. The transaction is over then.
   */
  public <T> T run(Query<T> query) {
    return send(query, "");
  }

  /** As {@link #run}, with the end of the transaction in the same message. */
  public <T> T runLast(Query<T> query) {
    T answer = send(query, ";\nCOMMIT");
    ended();
    return answer;
  }

  /**
   * Runs a query as the only message of the transaction, which takes for granted that something is
   * there and may be read.
   *
   * @return empty when the server refuses it, for whatever reason: what is there may be something
   *     else of that name. The transaction is over in any case
   * @throws StampguardException when the connection is lost or the statement takes too long
   */
  public <T> Optional<T> runAlone(Query<T> query) {
    try {
      T answer = exchange(query, ";\nCOMMIT");
      ended();
      return Optional.of(answer);
    } catch (SQLException e) {
      if (!SqlErrors.isEnd(e)) {
        close();
        return Optional.empty();
      }
      throw failure(e);
    }
  }

  private <T> T send(Query<T> query, String end) {
    try {
      return exchange(query, end);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private <T> T exchange(Query<T> query, String end) throws SQLException {
    Query<T> message =
        switch (state) {
          case NOT_BEGUN -> preamble().and(query, this::begun);
          case OPEN -> query;
          case ENDED -> throw new IllegalStateException("the transaction has ended");
        };
    state = State.OPEN;
    connection.limitSilence(statementTimeout);
    // A plain statement: the driver would split a prepared one and send its parts one by one.
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      boolean startsWithRows = statement.execute(message.sql() + end);
      return message.reader().read(new Results(statement, startsWithRows));
    }
  }

  private StampguardException failure(SQLException error) {
    close();
    return SqlErrors.state(error).equals("55P03") ? locked(error) : translate(error);
  }

  private Query<List<String>> preamble() {
    return new Query<>(
        SqlResource.read("read-only") + ";\n" + PinnedSettings.sql(statementTimeout, lockTimeout),
        results -> {
          List<String> path = TEXT_ARRAY.read(results.next());
          results.next();
          return path;
        });
  }

  private <T> T begun(List<String> path, T answer) {
    searchPath = path;
    return answer;
  }

  private StampguardException translate(SQLException error) {
    return SqlErrors.translate(error, connection.target());
  }

  /** Asks who holds a lock that nothing can be read beside; the answer may come too late. */
  private StampguardException locked(SQLException error) {
    Optional<LockHolder> holder;
    try (ReadOnlyTransaction fresh = connection.readOnly(statementTimeout, lockTimeout)) {
      holder = fresh.runLast(LockHolder.ofAnyRelation().query());
    } catch (StampguardException e) {
      return translate(error);
    }
    return holder.map(who -> who.refusal(connection.target())).orElseGet(() -> translate(error));
  }

  /** Ends the transaction; one that was never begun, or is over, costs nothing. */
  @Override
  public void close() {
    if (state == State.OPEN) {
      try (Statement statement = connection.jdbc().createStatement()) {
        statement.execute("ROLLBACK");
      } catch (SQLException e) {
        // The connection is gone, and with it the transaction.
      }
      ended();
    }
    state = State.ENDED;
  }

  private void ended() {
    state = State.ENDED;
    connection.unlimitSilence();
  }
}
