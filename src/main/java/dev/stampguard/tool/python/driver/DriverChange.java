package dev.stampguard.tool.python.driver;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.LockHolder;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.python.driver.ChangeDialogue.State;
import java.time.Duration;
import java.util.List;

/** Changes a database in transactions that we begin and commit. */
public final class DriverChange implements ChangeSession {
  private static final String NO_TRANSACTION = "25P01";
  private static final String TOO_LONG = "22001";

  private final ChangeDialogue dialogue;
  private final ChangeReads reads;
  private final DriverRun run;
  private final Target target;
  private final ChangeLimits limits;
  private LedgerLocation location;
  private DriverMessage.Session session;
  private String transaction;

  private DriverChange(Conversation driver, DriverRun run, Target target, ChangeLimits limits) {
    this.dialogue = new ChangeDialogue(driver);
    this.reads = new ChangeReads(dialogue, target, limits, run.settings().limit());
    this.run = run;
    this.target = target;
    this.limits = limits;
  }

  /**
   * Starts Python.
   *
   * @throws StampguardException (usage) when it cannot be started
   */
  public static DriverChange start(
      DriverRun run, Interpreter interpreter, Target target, ChangeLimits limits) {
    return new DriverChange(Conversation.start(run, interpreter, target), run, target, limits);
  }

  @Override
  public void connect() {
    DriverMessage.Hello hello = dialogue.greet(run.changing(limits.lock()));
    location = hello.ledger();
    session = hello.session().orElseThrow(() -> dialogue.unexpected(hello));
  }

  @Override
  public int backend() {
    return session.backend();
  }

  @Override
  public QualifiedName ledger() {
    return new QualifiedName(session.ledgerSchema(), location.table());
  }

  @Override
  public void begin() {
    dialogue.require(State.IDLE);
    switch (dialogue.ask("begin", waiting(limits.lock().value()), "while it began a transaction")) {
      case DriverMessage.Done(var begun) -> {
        transaction = begun.orElseThrow();
        dialogue.enter(State.OPEN);
      }
      case DriverMessage.Failed(var trouble, var missing, var existing) -> throw notBegun(trouble);
      case DriverMessage other -> throw dialogue.unexpected(other);
    }
  }

  private StampguardException notBegun(DriverMessage.Trouble trouble) {
    if (ChangeReads.isLocked(trouble)) {
      return reads.locked(LockHolder.ofTable(ledger().toString()), trouble);
    }
    if (trouble.sqlState().filter(NO_TRANSACTION::equals).isPresent()) {
      return new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` cannot be changed in one transaction: the project's `env.py` connects with autocommit"
              .formatted(target.database()),
          "do without `--driver-env project`");
    }
    StampguardException meaning = reads.translate(trouble);
    return meaning.exitCode() == ExitCode.INTERNAL
        ? new StampguardException(
            ExitCode.CHANGE_FAILED,
            "`%s` cannot be changed: %s".formatted(target.database(), dialogue.describe(trouble)),
            null)
        : meaning;
  }

  @Override
  public String transaction() {
    if (transaction == null) {
      throw new IllegalStateException("no transaction was begun");
    }
    return transaction;
  }

  @Override
  public void stamp(List<String> heads) {
    dialogue.require(State.OPEN);
    switch (dialogue.ask(
        DriverCommands.stamp(heads), waiting(limits.lock().value()), "while it stamped")) {
      case DriverMessage.Done d -> {}
      case DriverMessage.Failed(var trouble, var missing, var existing) ->
          throw trouble.sqlState().filter(TOO_LONG::equals).isPresent()
              ? new StampguardException(
                  ExitCode.CHANGE_FAILED,
                  "the ledger `%s` is too narrow for `%s`"
                      .formatted(ledger(), String.join("`, `", heads)),
                  "ALTER TABLE %s ALTER COLUMN version_num TYPE varchar(255)".formatted(ledger()))
              : new StampguardException(
                  ExitCode.CHANGE_FAILED,
                  "the ledger `%s` cannot be written: %s"
                      .formatted(ledger(), dialogue.describe(trouble)),
                  null);
      case DriverMessage other -> throw dialogue.unexpected(other);
    }
  }

  @Override
  public ChangeOutcome run(String revision, boolean record) {
    dialogue.require(State.OPEN);
    return outcome("run", revision, record);
  }

  @Override
  public ChangeOutcome runAlone(String revision, boolean record) {
    dialogue.require(State.IDLE);
    return outcome("alone", revision, record);
  }

  private ChangeOutcome outcome(String verb, String revision, boolean record) {
    String command = DriverCommands.run(verb, revision, record);
    String moment = "in revision `%s`".formatted(revision);
    return switch (dialogue.ask(command, run.settings().limit(), moment)) {
      case DriverMessage.Done d -> new ChangeOutcome.Done();
      case DriverMessage.Failed(var trouble, var missing, var existing) ->
          new ChangeOutcome.Failed(
              dialogue.describe(trouble), trouble.line(), trouble.sqlState(), missing, existing);
      case DriverMessage.Cut(var trouble, var alone) ->
          new ChangeOutcome.NeedsCut(
              alone ? ChangeOutcome.Cut.ALONE : ChangeOutcome.Cut.BEFORE,
              dialogue.describe(trouble),
              trouble.line(),
              trouble.sqlState());
      case DriverMessage.Ended(var trouble, var committed) -> {
        dialogue.enter(State.IDLE);
        yield new ChangeOutcome.TransactionEnded(dialogue.describe(trouble), committed);
      }
      case DriverMessage other -> throw dialogue.unexpected(other);
    };
  }

  @Override
  public Inspection look() {
    dialogue.require(State.OPEN);
    return Inspection.through(reads, target, session.version(), run.ledgerAt(location));
  }

  @Override
  public List<List<String>> query(String sql) {
    dialogue.require(State.OPEN);
    return reads.orError(RowQuery.each(sql, Row::texts));
  }

  @Override
  public void commit() {
    dialogue.require(State.OPEN);
    dialogue.enter(State.LOST);
    DriverMessage answer;
    try {
      answer = dialogue.ask("commit", run.settings().limit(), "while it committed");
    } catch (StampguardException e) {
      throw new StampguardException(
          e.exitCode(),
          e.getMessage() + "; whether `%s` was changed is not known".formatted(target.database()),
          "SELECT pg_xact_status('%s')".formatted(transaction));
    }
    dialogue.enter(State.IDLE);
    switch (answer) {
      case DriverMessage.Done d -> {}
      case DriverMessage.Failed(var trouble, var missing, var existing) ->
          throw new StampguardException(
              ExitCode.CHANGE_FAILED,
              "`%s` did not take the change and is as before: %s"
                  .formatted(target.database(), dialogue.describe(trouble)),
              null);
      case DriverMessage other -> throw dialogue.unexpected(other);
    }
  }

  @Override
  public void rollback() {
    if (dialogue.is(State.IDLE)) {
      return;
    }
    dialogue.require(State.OPEN);
    switch (dialogue.ask("rollback", waiting(limits.lock().value()), "while it rolled back")) {
      case DriverMessage.Done d -> dialogue.enter(State.IDLE);
      case DriverMessage other -> throw dialogue.unexpected(other);
    }
  }

  @Override
  public void close() {
    try {
      if (dialogue.is(State.OPEN)) {
        // Not left to the end of the process: whoever waits for a lock goes on before we do.
        rollback();
      }
    } catch (StampguardException e) {
      // It is gone, and with it the transaction.
    } finally {
      dialogue.close();
    }
  }

  /** As long as the server waits for a lock, and then as long as anything may take. */
  private static Duration waiting(Duration lock) {
    return lock.plus(Conversation.START_LIMIT);
  }
}
