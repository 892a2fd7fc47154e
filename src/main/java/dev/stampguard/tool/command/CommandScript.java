package dev.stampguard.tool.command;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.process.ChildCommand;
import dev.stampguard.tool.process.ChildEnvironment;
import dev.stampguard.tool.sql.run.FailedStatementException;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/**
 * One revision, run by the project's command.
 *
 * <p>A command runs what is pending by the ledger, so the ledger is what decides: before it runs,
 * the revision's row goes; where the command names no revision, rows are written for all others;
 * and afterwards the ledger says what it said before, and that this one ran.
 */
final class CommandScript implements RunnableScript {
  private static final ConnectTimeout CONNECT = new ConnectTimeout(Duration.ofSeconds(30));
  private static final LockTimeout LOCK = new LockTimeout(Duration.ofSeconds(10));

  private final ProjectCommand command;
  private final boolean goesBack;
  private final Map<String, String> values;
  private final RevisionGraph graph;
  private final Revision revision;
  private final ScriptBook book;
  private final ScriptBook.Place place;

  CommandScript(
      ProjectCommand command,
      boolean goesBack,
      Map<String, String> values,
      RevisionGraph graph,
      Revision revision,
      ScriptBook book,
      ScriptBook.Place place) {
    this.command = command;
    this.goesBack = goesBack;
    this.values = values;
    this.graph = graph;
    this.revision = revision;
    this.book = book;
    this.place = place;
  }

  @Override
  public boolean canJoin() {
    return false;
  }

  @Override
  public boolean isWrapped() {
    return false;
  }

  @Override
  public void run(Connection unused, boolean isJoining) throws FailedStatementException {
    try (PostgresConnection connection =
        new PostgresConnector(CONNECT, new StatementTimeout(command.limit()), LOCK)
            .open(place.database())) {
      Ledger before = read(connection);
      Set<String> others = others(before);
      var rows = new TreeSet<>(before.rows());
      try (var unfinished = Unfinished.begin()) {
        try {
          write(connection, others);
          run();
          requireAlone(others, read(connection));
          rows.add(revision.id());
        } finally {
          restore(connection, before, rows);
          unfinished.done();
        }
      }
    } catch (SQLException e) {
      throw new FailedStatementException(e, 1);
    }
  }

  /** What the ledger is to say while the command runs. */
  private Set<String> others(Ledger before) {
    var others = new TreeSet<>(before.rows());
    if (!command.namesRevision(values.keySet())) {
      graph.revisions().forEach(each -> others.add(each.id()));
    } else if (goesBack) {
      Set<String> after = graph.descendants(List.of(revision.id()));
      others.removeAll(after);
    }
    others.remove(revision.id());
    return others;
  }

  private Ledger read(PostgresConnection connection) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      return book.reader().read(transaction);
    }
  }

  private void write(PostgresConnection connection, Set<String> rows) throws SQLException {
    Ledger now = read(connection);
    if (!Set.copyOf(now.rows()).equals(rows)) {
      execute(connection, book.writing().set(now, List.copyOf(rows)));
    }
  }

  /** Rows that went meanwhile come back as they were, with all that stood in them. */
  private void restore(PostgresConnection connection, Ledger before, Set<String> rows)
      throws SQLException {
    if (before.exists() && !Set.copyOf(read(connection).rows()).equals(rows)) {
      execute(connection, book.writing().undo(before));
    }
    write(connection, rows);
  }

  private static void execute(PostgresConnection connection, String sql) throws SQLException {
    if (!sql.isEmpty()) {
      try (Statement statement = connection.jdbc().createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute("BEGIN;\n" + sql + "\nCOMMIT");
      }
    }
  }

  private void run() throws FailedStatementException, SQLException {
    Target database = place.database();
    Map<String, String> environment = new HashMap<>(command.environment());
    ChildEnvironment.point(environment, database, command.urlVariable());
    Shield.Raised shield = command.shield().raise(environment);
    ChildCommand.Ended ended;
    try {
      ended =
          new ChildCommand(command.words(values, database), command.directory(), environment)
              .run(command.limit());
    } catch (TimeoutException e) {
      throw new FailedStatementException(new SQLException(e.getMessage(), "57014"), 1);
    } finally {
      shield.lower();
    }
    if (!ended.isWell()) {
      CommandOutput said =
          CommandOutput.of(masked(ended.said()), ended.exitCode(), revision.file());
      throw new FailedStatementException(
          new SQLException(said.message(), said.state()), said.line());
    }
  }

  /** Scripts may print whatever they know. */
  private List<String> masked(List<String> said) {
    return place
        .database()
        .password()
        .map(Secret::reveal)
        .filter(password -> !password.isEmpty())
        .map(password -> said.stream().map(line -> line.replace(password, "***")).toList())
        .orElse(said);
  }

  /** A command that says it did well may have gone elsewhere, or have done more than it was to. */
  private void requireAlone(Set<String> others, Ledger after) {
    Set<String> added = new TreeSet<>(after.rows());
    added.removeAll(others);
    if (!added.contains(revision.id())) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` ended well and recorded nothing of `%s` in `%s`: it found nothing to run, or went to another database"
              .formatted(command.line(), revision.id(), place.database().database()),
          "let the project take its database from `%s`; `replay.command` in `stampguard.properties` says how migrations are run"
              .formatted(command.urlVariable()));
    }
    added.remove(revision.id());
    if (!added.isEmpty() || !after.rows().containsAll(others)) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` was to run `%s` and %s as well"
              .formatted(
                  command.line(),
                  revision.id(),
                  added.isEmpty()
                      ? "took others back"
                      : "ran `%s`".formatted(String.join("`, `", added))),
          "name the revision in `replay.command` with `{revision}`");
    }
  }
}
