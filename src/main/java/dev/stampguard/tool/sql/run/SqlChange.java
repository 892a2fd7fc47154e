package dev.stampguard.tool.sql.run;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.LockHolder;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.SessionReads;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Migrations that are SQL, changing a database in transactions that we begin and commit. */
final class SqlChange implements ChangeSession {
  private static final Set<String> NEEDS_COMMIT_BEFORE = Set.of("55P04", "55006");
  private static final String NO_TRANSACTION_TAKES_IT = "25001";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final SqlRun run;
  private final Supplier<SqlSession> opener;
  private final ChangeLimits limits;
  private SqlSession connection;
  private SessionReads reads;
  private String transaction;
  private boolean isOpen;

  SqlChange(SqlRun run, Supplier<SqlSession> opener, ChangeLimits limits) {
    this.run = run;
    this.opener = opener;
    this.limits = limits;
  }

  @Override
  public void connect() {
    connection = opener.get();
    reads = new SessionReads(connection.connection(), limits);
    try {
      connection.prepare();
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  @Override
  public int backend() {
    try {
      return Integer.parseInt(connection.text("SELECT pg_catalog.pg_backend_pid()"));
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  @Override
  public QualifiedName ledger() {
    return connection.ledger();
  }

  @Override
  public void begin() {
    require(!isOpen);
    try {
      connection.execute("BEGIN");
      isOpen = true;
      connection.execute("SET LOCAL lock_timeout = " + limits.lock().milliseconds());
      connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      transaction = connection.text("SELECT pg_catalog.pg_current_xact_id()::text");
      if (connection.isLedgerThere()) {
        connection.execute(SqlResource.read("repair-lock-ledger").formatted(ledger()));
      }
      lockOutTool();
    } catch (SQLException e) {
      rollback();
      throw LOCK_NOT_AVAILABLE.equals(e.getSQLState()) ? locked(e) : translate(e);
    }
  }

  /** A tool reads its ledger before it waits for anything: its own lock keeps it from starting. */
  private void lockOutTool() throws SQLException {
    Optional<String> take = run.around().lock().map(lock -> lock.take(connection.place()));
    if (take.isPresent() && !connection.text(take.get()).equals("true")) {
      rollback();
      throw StampguardException.passing(
          ExitCode.REFUSED,
          "%s is at work on `%s`: it holds the lock of `%s`"
              .formatted(run.title(), connection.target().database(), ledger()),
          "wait until it is done");
    }
  }

  private StampguardException locked(SQLException error) {
    try {
      Optional<LockHolder> holder = reads.rows(LockHolder.ofTable(ledger().toString()));
      return holder.map(who -> who.refusal(connection.target())).orElseGet(() -> translate(error));
    } catch (SQLException e) {
      return translate(error);
    }
  }

  @Override
  public String transaction() {
    if (transaction == null) {
      throw new IllegalStateException("no transaction was begun");
    }
    return transaction;
  }

  @Override
  public void stamp(List<String> revisions) {
    require(isOpen);
    try {
      Ledger ledger = look().ledger();
      String sql = run.scripts().writing().set(ledger, revisions);
      if (!sql.isEmpty()) {
        inSavepoint(sql);
      }
    } catch (SQLException e) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "the ledger `%s` cannot be written: %s".formatted(ledger(), SqlErrors.said(e)),
          null);
    }
  }

  private void inSavepoint(String sql) throws SQLException {
    connection.execute("SAVEPOINT stampguard");
    try {
      connection.execute(sql);
      connection.execute("RELEASE SAVEPOINT stampguard");
    } catch (SQLException e) {
      connection.execute("ROLLBACK TO SAVEPOINT stampguard");
      throw e;
    }
  }

  @Override
  public ChangeOutcome run(String revision, boolean record) {
    require(isOpen);
    RunnableScript script;
    try {
      script = run.scripts().script(revision, connection.place());
    } catch (UnusableScriptException e) {
      return unusable(revision, e);
    }
    if (!script.canJoin()) {
      return new ChangeOutcome.NeedsCut(
          ChangeOutcome.Cut.ALONE,
          "`%s` runs outside of a transaction".formatted(path(revision)),
          1,
          Optional.empty());
    }
    try {
      connection.execute("SAVEPOINT stampguard");
      try {
        script.run(connection.jdbc(), true);
      } catch (FailedStatementException e) {
        return failed(revision, e);
      }
      if (hasEnded()) {
        return ended(revision);
      }
      connection.settle();
      if (record) {
        connection.execute(run.scripts().record(ledger(), revision));
      }
      connection.execute("RELEASE SAVEPOINT stampguard");
      return new ChangeOutcome.Done();
    } catch (SQLException e) {
      throw lost(revision, e);
    }
  }

  private String path(String revision) {
    return run.scripts().path(revision);
  }

  private ChangeOutcome unusable(String revision, UnusableScriptException error) {
    return new ChangeOutcome.Failed(
        "`%s`: %s".formatted(path(revision), error.getMessage()),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private ChangeOutcome failed(String revision, FailedStatementException failure)
      throws SQLException {
    Refusal refusal = Refusal.of(failure.error());
    if (hasEnded()) {
      return ended(revision);
    }
    connection.execute("ROLLBACK TO SAVEPOINT stampguard");
    String message = message(revision, failure, refusal);
    Optional<String> state = Optional.of(refusal.sqlState());
    if (NEEDS_COMMIT_BEFORE.contains(refusal.sqlState())) {
      return new ChangeOutcome.NeedsCut(ChangeOutcome.Cut.BEFORE, message, failure.line(), state);
    }
    if (refusal.sqlState().equals(NO_TRANSACTION_TAKES_IT)) {
      return new ChangeOutcome.NeedsCut(ChangeOutcome.Cut.ALONE, message, failure.line(), state);
    }
    return new ChangeOutcome.Failed(
        message, failure.line(), state, refusal.missing(), refusal.existing());
  }

  private String message(String revision, FailedStatementException failure, Refusal refusal) {
    return "`%s:%s`: %s".formatted(path(revision), failure.line(), refusal.message());
  }

  /** Whether a script has committed or rolled back what we began. */
  private boolean hasEnded() throws SQLException {
    try {
      connection.execute("SAVEPOINT stampguard_look");
      connection.execute("ROLLBACK TO SAVEPOINT stampguard_look");
      String now = connection.text("SELECT pg_catalog.pg_current_xact_id()::text");
      return !now.equals(transaction);
    } catch (SQLException e) {
      // Outside of a transaction there are no savepoints; in a failed one there are no new ones.
      return "25P01".equals(e.getSQLState());
    }
  }

  private ChangeOutcome ended(String revision) throws SQLException {
    connection.execute("ROLLBACK");
    isOpen = false;
    boolean isCommitted =
        connection
            .text("SELECT pg_catalog.pg_xact_status('%s')".formatted(transaction))
            .equals("committed");
    connection.settle();
    return new ChangeOutcome.TransactionEnded(
        "`%s` ends the transaction it runs in".formatted(path(revision)), isCommitted);
  }

  @Override
  public ChangeOutcome runAlone(String revision, boolean record) {
    require(!isOpen);
    RunnableScript script;
    try {
      script = run.scripts().script(revision, connection.place());
    } catch (UnusableScriptException e) {
      return unusable(revision, e);
    }
    try {
      return runAlone(revision, script, record);
    } catch (SQLException e) {
      throw lost(revision, e);
    }
  }

  private ChangeOutcome runAlone(String revision, RunnableScript script, boolean record)
      throws SQLException {
    try {
      if (script.isWrapped()) {
        connection.execute("BEGIN");
      }
      script.run(connection.jdbc(), false);
    } catch (FailedStatementException e) {
      connection.endWhatWasLeftOpen();
      connection.settle();
      Refusal refusal = Refusal.of(e.error());
      return new ChangeOutcome.Failed(
          message(revision, e, refusal),
          e.line(),
          Optional.of(refusal.sqlState()),
          refusal.missing(),
          refusal.existing());
    }
    if (!script.isWrapped()) {
      connection.endWhatWasLeftOpen();
    }
    connection.settle();
    if (record) {
      connection.execute(run.scripts().record(ledger(), revision));
    }
    if (script.isWrapped()) {
      connection.execute("COMMIT");
    }
    return new ChangeOutcome.Done();
  }

  private StampguardException lost(String revision, SQLException error) {
    return new StampguardException(
        ExitCode.CHANGE_FAILED,
        "after `%s` the session cannot go on: %s".formatted(path(revision), SqlErrors.said(error)),
        null);
  }

  @Override
  public Inspection look() {
    require(isOpen);
    return reads.look(run.scripts().reader());
  }

  @Override
  public List<List<String>> query(String sql) {
    require(isOpen);
    return reads.query(
        SqlResource.statements("rows-or-error"), sql, new StatementTimeout(run.limit()));
  }

  @Override
  public void commit() {
    require(isOpen);
    isOpen = false;
    try {
      connection.execute("COMMIT");
    } catch (SQLException e) {
      if (SqlErrors.isEnd(e)) {
        throw new StampguardException(
            ExitCode.CHANGE_FAILED,
            "%s; whether `%s` was changed is not known"
                .formatted(SqlErrors.said(e), connection.target().database()),
            "SELECT pg_xact_status('%s')".formatted(transaction));
      }
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` did not take the change and is as before: %s"
              .formatted(connection.target().database(), SqlErrors.said(e)),
          null);
    }
  }

  @Override
  public void rollback() {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    try {
      connection.execute("ROLLBACK");
      connection.settle();
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction.
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      rollback();
      connection.close();
    }
  }

  private static void require(boolean isInTurn) {
    if (!isInTurn) {
      throw new IllegalStateException("out of turn");
    }
  }

  private StampguardException translate(SQLException error) {
    return SqlErrors.translate(error, connection.target());
  }
}
