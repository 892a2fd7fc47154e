package dev.stampguard.tool.alembic.replay;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.LockHolder;
import dev.stampguard.postgres.PinnedSettings;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Alembic, changing a database in transactions that we begin and commit. */
public final class AlembicChange implements ChangeSession {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String NO_TRANSACTION = "25P01";
  private static final String TOO_LONG = "22001";

  private enum State {
    STARTED,
    IDLE,
    OPEN,
    LOST
  }

  private final Conversation driver;
  private final AlembicRun run;
  private final Target target;
  private final ChangeLimits limits;
  private State state = State.STARTED;
  private LedgerLocation location;
  private DriverMessage.Session session;
  private String transaction;

  private AlembicChange(Conversation driver, AlembicRun run, Target target, ChangeLimits limits) {
    this.driver = driver;
    this.run = run;
    this.target = target;
    this.limits = limits;
  }

  /**
   * Starts Python.
   *
   * @throws StampguardException (usage) when it cannot be started
   */
  public static AlembicChange start(
      AlembicRun run, Interpreter interpreter, Target target, ChangeLimits limits) {
    return new AlembicChange(Conversation.start(run, interpreter, target), run, target, limits);
  }

  @Override
  public void connect() {
    require(State.STARTED);
    state = State.LOST;
    DriverMessage.Hello hello = driver.greet(DriverSettings.change(run, limits.lock()));
    location = hello.ledger();
    session = hello.session().orElseThrow(() -> Conversation.unexpected(hello));
    state = State.IDLE;
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
    require(State.IDLE);
    switch (ask("begin", waiting(limits.lock().value()), "while it began a transaction")) {
      case DriverMessage.Done(var begun) -> {
        transaction = begun.orElseThrow();
        state = State.OPEN;
      }
      case DriverMessage.Failed(var trouble, var missing, var existing) -> throw notBegun(trouble);
      case DriverMessage other -> throw unexpected(other);
    }
  }

  private StampguardException notBegun(DriverMessage.Trouble trouble) {
    if (isLocked(trouble)) {
      return locked(LockHolder.ofTable(ledger().toString()), trouble);
    }
    if (trouble.sqlState().filter(NO_TRANSACTION::equals).isPresent()) {
      return new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` cannot be changed in one transaction: the project's `env.py` connects with autocommit"
              .formatted(target.database()),
          "do without `--driver-env project`");
    }
    StampguardException meaning = translate(trouble);
    return meaning.exitCode() == ExitCode.INTERNAL
        ? new StampguardException(
            ExitCode.CHANGE_FAILED,
            "`%s` cannot be changed: %s".formatted(target.database(), driver.describe(trouble)),
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
    require(State.OPEN);
    switch (ask(DriverCommands.stamp(heads), waiting(limits.lock().value()), "while it stamped")) {
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
                      .formatted(ledger(), driver.describe(trouble)),
                  null);
      case DriverMessage other -> throw unexpected(other);
    }
  }

  @Override
  public ChangeOutcome run(String revision, boolean record) {
    require(State.OPEN);
    return outcome("run", revision, record);
  }

  @Override
  public ChangeOutcome runAlone(String revision, boolean record) {
    require(State.IDLE);
    return outcome("alone", revision, record);
  }

  private ChangeOutcome outcome(String verb, String revision, boolean record) {
    String command = DriverCommands.run(verb, revision, record);
    String moment = "in revision `%s`".formatted(revision);
    return switch (ask(command, run.settings().limit(), moment)) {
      case DriverMessage.Done d -> new ChangeOutcome.Done();
      case DriverMessage.Failed(var trouble, var missing, var existing) ->
          new ChangeOutcome.Failed(
              driver.describe(trouble), trouble.line(), trouble.sqlState(), missing, existing);
      case DriverMessage.Cut(var trouble, var alone) ->
          new ChangeOutcome.NeedsCut(
              alone ? ChangeOutcome.Cut.ALONE : ChangeOutcome.Cut.BEFORE,
              driver.describe(trouble),
              trouble.line(),
              trouble.sqlState());
      case DriverMessage.Ended(var trouble, var committed) -> {
        state = State.IDLE;
        yield new ChangeOutcome.TransactionEnded(driver.describe(trouble), committed);
      }
      case DriverMessage other -> throw unexpected(other);
    };
  }

  @Override
  public Inspection look() {
    require(State.OPEN);
    return Inspection.through(
        new Inspection.Rows() {
          @Override
          public <T> T of(RowQuery<T> query) {
            return read(pinned(limits.look()), query);
          }

          @Override
          public <T> T unpinned(RowQuery<T> query) {
            return read(List.of(), query);
          }
        },
        target,
        session.version(),
        AlembicRun.ledgerAt(location));
  }

  @Override
  public List<List<String>> query(String sql) {
    require(State.OPEN);
    List<String> before = pinned(new StatementTimeout(run.settings().limit()));
    before.addAll(SqlResource.statements("rows-or-error"));
    return read(before, RowQuery.each(sql, Row::texts));
  }

  private List<String> pinned(StatementTimeout statement) {
    return new ArrayList<>(List.of(PinnedSettings.sql(statement, limits.lock())));
  }

  private <T> T read(List<String> before, RowQuery<T> query) {
    var settings = new ArrayList<>(SqlResource.statements("as-connected"));
    settings.addAll(before);
    RowQuery.Reader<T> reader = query.reader().get();
    Optional<StampguardException> objection = Optional.empty();
    send(DriverCommands.read(settings, query.sql()));
    while (true) {
      switch (answer(run.settings().limit(), "while it read")) {
        case DriverMessage.Values(var row) -> {
          // Whoever objects to a row does not see the rest, which has to be heard all the same.
          if (objection.isEmpty()) {
            objection = objection(reader, row);
          }
        }
        case DriverMessage.Result r -> {
          // Whether the settings are back as they were is said next.
        }
        case DriverMessage.Done d -> {
          if (objection.isPresent()) {
            throw objection.get();
          }
          return reader.answer();
        }
        case DriverMessage.Failed(var trouble, var missing, var existing) ->
            throw isLocked(trouble)
                ? locked(LockHolder.ofAnyRelation(), trouble)
                : translate(trouble);
        case DriverMessage other -> throw unexpected(other);
      }
    }
  }

  private static Optional<StampguardException> objection(RowQuery.Reader<?> reader, Row row) {
    try {
      reader.row(row);
      return Optional.empty();
    } catch (StampguardException e) {
      return Optional.of(e);
    }
  }

  @Override
  public void commit() {
    require(State.OPEN);
    state = State.LOST;
    DriverMessage answer;
    try {
      answer = ask("commit", run.settings().limit(), "while it committed");
    } catch (StampguardException e) {
      throw new StampguardException(
          e.exitCode(),
          e.getMessage() + "; whether `%s` was changed is not known".formatted(target.database()),
          "SELECT pg_xact_status('%s')".formatted(transaction));
    }
    state = State.IDLE;
    switch (answer) {
      case DriverMessage.Done d -> {}
      case DriverMessage.Failed(var trouble, var missing, var existing) ->
          throw new StampguardException(
              ExitCode.CHANGE_FAILED,
              "`%s` did not take the change and is as before: %s"
                  .formatted(target.database(), driver.describe(trouble)),
              null);
      case DriverMessage other -> throw unexpected(other);
    }
  }

  @Override
  public void rollback() {
    if (state == State.IDLE) {
      return;
    }
    require(State.OPEN);
    switch (ask("rollback", waiting(limits.lock().value()), "while it rolled back")) {
      case DriverMessage.Done d -> state = State.IDLE;
      case DriverMessage other -> throw unexpected(other);
    }
  }

  @Override
  public void close() {
    try {
      if (state == State.OPEN) {
        // Not left to the end of the process: whoever waits for a lock goes on before we do.
        rollback();
      }
    } catch (StampguardException e) {
      // It is gone, and with it the transaction.
    } finally {
      state = State.LOST;
      driver.close();
    }
  }

  private void require(State wanted) {
    if (state != wanted) {
      throw new IllegalStateException("the session is %s, not %s".formatted(state, wanted));
    }
  }

  private DriverMessage ask(String command, Duration limit, String moment) {
    send(command);
    return answer(limit, moment);
  }

  private void send(String command) {
    State before = state;
    state = State.LOST;
    driver.send(command);
    state = before;
  }

  private DriverMessage answer(Duration limit, String moment) {
    State before = state;
    state = State.LOST;
    DriverMessage message = driver.receive(limit, moment);
    if (message instanceof DriverMessage.Broken(var trouble)) {
      throw Conversation.ended(moment, driver.describe(trouble));
    }
    state = before;
    return message;
  }

  private StampguardException unexpected(DriverMessage message) {
    state = State.LOST;
    return Conversation.unexpected(message);
  }

  /** As long as the server waits for a lock, and then as long as anything may take. */
  private static Duration waiting(Duration lock) {
    return lock.plus(Conversation.START_LIMIT);
  }

  private static boolean isLocked(DriverMessage.Trouble trouble) {
    return trouble.sqlState().filter(LOCK_NOT_AVAILABLE::equals).isPresent();
  }

  private StampguardException locked(
      RowQuery<Optional<LockHolder>> holder, DriverMessage.Trouble trouble) {
    return read(List.of(), holder)
        .map(who -> who.refusal(target))
        .orElseGet(() -> translate(trouble));
  }

  private StampguardException translate(DriverMessage.Trouble trouble) {
    return SqlErrors.translate(
        new SQLException(driver.describe(trouble), trouble.sqlState().orElse(null)), target);
  }
}
