package dev.stampguard.tool.flyway.replay;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.flyway.replay.ParsedScript.FailedStatementException;
import dev.stampguard.tool.flyway.replay.ParsedScript.UnusableScriptException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs Flyway migrations in a scratch database. */
final class FlywayRunner implements RevisionRunner {
  private final FlywayRun run;
  private final FlywayConnection connection;

  /**
   * @param connection closed with this
   */
  FlywayRunner(FlywayRun run, FlywayConnection connection) {
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
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
  }

  @Override
  public LedgerLocation ledger() {
    return run.ledger();
  }

  @Override
  public RevisionOutcome run(String revision) {
    RunnableScript script =
        run.scripts()
            .script(revision)
            .orElseThrow(
                () ->
                    new StampguardException(
                        ExitCode.CHANGE_FAILED, "no script makes `%s`".formatted(revision), null));
    try {
      RevisionOutcome outcome = run(revision, connection.parse(script));
      connection.settle();
      return outcome;
    } catch (UnusableScriptException e) {
      return new RevisionOutcome.Failed(e.getMessage(), 1, Optional.empty(), Optional.empty());
    } catch (SQLException e) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` ended the connection: %s".formatted(script.path(), SqlErrors.said(e)),
          null);
    }
  }

  private RevisionOutcome run(String revision, ParsedScript script) throws SQLException {
    String record = run.scripts().record(connection.ledger(), revision);
    try {
      if (!script.isTransactional()) {
        script.run(connection.jdbc());
        connection.execute(record);
        return new RevisionOutcome.Done();
      }
      connection.execute("BEGIN");
      script.run(connection.jdbc());
      connection.execute("RESET ROLE");
      connection.execute(record);
      connection.execute("COMMIT");
      return new RevisionOutcome.Done();
    } catch (FailedStatementException e) {
      if (script.isTransactional()) {
        connection.execute("ROLLBACK");
      }
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
