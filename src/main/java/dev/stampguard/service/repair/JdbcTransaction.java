package dev.stampguard.service.repair;

import dev.stampguard.StampguardException;
import dev.stampguard.postgres.LockHolder;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.SessionReads;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A connection of our own: for strategies that run nothing but SQL. */
final class JdbcTransaction implements StepTransaction {
  /** A new enum value used at once, and a table with pending trigger events altered. */
  private static final Set<String> NEEDS_COMMIT_BEFORE = Set.of("55P04", "55006");

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final PostgresConnection connection;
  private final LedgerReader reader;
  private final Optional<Ledger> ledger;
  private final List<String> settings;
  private final ChangeLimits limits;
  private final SessionReads reads;
  private String id;

  /**
   * @param connection for this alone; closed with it
   * @param ledger the ledger that nobody else may write meanwhile
   * @param settings what each transaction begins with, one statement each
   */
  JdbcTransaction(
      PostgresConnection connection,
      LedgerReader reader,
      Ledger ledger,
      List<String> settings,
      ChangeLimits limits) {
    this.connection = Objects.requireNonNull(connection);
    this.reader = Objects.requireNonNull(reader);
    this.ledger = Optional.of(ledger).filter(Ledger::exists);
    this.settings = List.copyOf(settings);
    this.limits = Objects.requireNonNull(limits);
    this.reads = new SessionReads(connection, limits);
  }

  @Override
  public void begin() {
    List<String> begin = SqlResource.statements("repair-begin");
    try {
      execute(begin.getFirst());
      try (PreparedStatement statement = connection.jdbc().prepareStatement(begin.getLast())) {
        statement.setString(1, Long.toString(limits.lock().milliseconds()));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          id = rows.getString(4);
        }
      }
      for (String setting : settings) {
        execute(setting);
      }
      if (ledger.isPresent()) {
        lock(ledger.get());
      }
    } catch (SQLException e) {
      rollback();
      throw translate(e);
    }
  }

  private void lock(Ledger found) throws SQLException {
    try {
      execute(SqlResource.read("repair-lock-ledger").formatted(found.table()));
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      rollback();
      Optional<LockHolder> holder = reads.rows(LockHolder.ofTable(found.table().toString()));
      throw holder.map(who -> who.refusal(connection.target())).orElseGet(() -> translate(e));
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public StepOutcome run(RepairStep step) {
    String sql =
        switch (step) {
          case RepairStep.RunStatement run -> run.statement();
          case RepairStep.SetLedger set -> set.statements();
          case RepairStep.RunRevision r -> throw misplaced(r);
          case RepairStep.BuildDatabase b -> throw misplaced(b);
          case RepairStep.CopyData c -> throw misplaced(c);
          case RepairStep.SwapDatabases s -> throw misplaced(s);
          case RepairStep.EditEnvFile e -> throw misplaced(e);
        };
    try {
      execute("SAVEPOINT step");
      try {
        execute(sql);
        execute("RELEASE SAVEPOINT step");
        return new StepOutcome.Done();
      } catch (SQLException e) {
        execute("ROLLBACK TO SAVEPOINT step");
        return NEEDS_COMMIT_BEFORE.contains(e.getSQLState())
            ? new StepOutcome.NeedsCommitBefore(said(e))
            : new StepOutcome.Failed(said(e));
      }
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  private static IllegalStateException misplaced(RepairStep step) {
    return new IllegalStateException(step.kind() + " is no step of a connection of ours");
  }

  @Override
  public StepOutcome runAlone(RepairStep step) {
    throw new IllegalStateException(step.kind() + " never commits by itself");
  }

  private String said(SQLException error) {
    String message = translate(error).getMessage().lines().findFirst().orElse("");
    return SqlErrors.detail(error).map(detail -> message + ": " + detail).orElse(message);
  }

  @Override
  public Inspection look() {
    return reads.look(reader);
  }

  @Override
  public List<List<String>> query(String sql) {
    return reads.query(List.of(), sql, limits.look());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  private StampguardException translate(SQLException error) {
    return SqlErrors.translate(error, connection.target());
  }

  @Override
  public void commit() {
    try {
      execute("COMMIT");
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  @Override
  public void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction.
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
