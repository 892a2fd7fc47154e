package dev.stampguard.tool.sql.run;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs migrations that are SQL in a scratch database. */
final class SqlRunner implements RevisionRunner {
  private final SqlRun run;
  private final SqlSession connection;

  /**
   * @param connection closed with this
   */
  SqlRunner(SqlRun run, SqlSession connection) {
    this.run = run;
    this.connection = connection;
  }

  @Override
  public void connect() {
    try {
      connection.prepare();
      if (!connection.isLedgerThere()) {
        connection.execute(run.scripts().create(connection.ledger()));
      }
      for (RunnableScript script : run.scripts().first(connection.place())) {
        begin(script);
      }
    } catch (UnusableScriptException e) {
      throw notBegun(e.getMessage());
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
  }

  private void begin(RunnableScript script) throws SQLException {
    try {
      if (script.isWrapped()) {
        connection.execute("BEGIN");
      }
      script.run(connection.jdbc(), false);
      if (script.isWrapped()) {
        connection.execute("COMMIT");
      }
      connection.settle();
    } catch (FailedStatementException e) {
      connection.endWhatWasLeftOpen();
      throw notBegun(SqlErrors.said(e.error()));
    }
  }

  private StampguardException notBegun(String reason) {
    return new StampguardException(
        ExitCode.USAGE,
        "what %s runs before the first migration fails: %s".formatted(run.title(), reason),
        null);
  }

  @Override
  public LedgerLocation ledger() {
    return run.ledger();
  }

  @Override
  public RevisionOutcome run(String revision) {
    RunnableScript script;
    try {
      script = run.scripts().script(revision, connection.place());
    } catch (UnusableScriptException e) {
      return new RevisionOutcome.Failed(e.getMessage(), 1, Optional.empty(), Optional.empty());
    }
    try {
      RevisionOutcome outcome = run(revision, script);
      connection.settle();
      return outcome;
    } catch (SQLException e) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` ended the connection: %s"
              .formatted(run.scripts().path(revision), SqlErrors.said(e)),
          null);
    }
  }

  private RevisionOutcome run(String revision, RunnableScript script) throws SQLException {
    String record = run.scripts().record(connection.ledger(), revision);
    try {
      if (script.isWrapped()) {
        connection.execute("BEGIN");
      }
      script.run(connection.jdbc(), false);
      if (script.isWrapped()) {
        connection.execute("RESET ROLE");
        connection.execute(record);
        connection.execute("COMMIT");
      } else {
        connection.endWhatWasLeftOpen();
        connection.execute(record);
      }
      return new RevisionOutcome.Done();
    } catch (FailedStatementException e) {
      connection.endWhatWasLeftOpen();
      Refusal refusal = Refusal.of(e.error());
      return new RevisionOutcome.Failed(
          refusal.message(), e.line(), refusal.missing(), refusal.existing());
    }
  }

  @Override
  public List<String> finish() {
    try (ReadOnlyTransaction transaction = connection.connection().readOnly()) {
      return run.scripts().reader().read(transaction).rows();
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
