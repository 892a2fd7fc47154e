package dev.stampguard.tool.python.driver;

import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import java.util.List;

/** Runs one revision after the other in a scratch database. */
public final class DriverRunner implements RevisionRunner {
  private final Conversation driver;
  private final DriverRun run;
  private LedgerLocation ledger;

  private DriverRunner(Conversation driver, DriverRun run) {
    this.driver = driver;
    this.run = run;
  }

  /**
   * Starts Python, which takes a while: others have time for theirs before {@link #connect()}.
   *
   * @param scratch where the revisions are to run; never the target itself
   * @throws dev.stampguard.StampguardException (usage) when it cannot be started
   */
  public static DriverRunner start(DriverRun run, Interpreter interpreter, Target scratch) {
    return new DriverRunner(Conversation.start(run, interpreter, scratch), run);
  }

  @Override
  public void connect() {
    ledger = driver.greet(run.replaying()).ledger();
  }

  @Override
  public LedgerLocation ledger() {
    return ledger;
  }

  @Override
  public RevisionOutcome run(String revision) {
    driver.send("run " + revision);
    String moment = "in revision `%s`".formatted(revision);
    while (true) {
      switch (driver.receive(run.settings().limit(), moment)) {
        case DriverMessage.Begin b -> {
          // The answer that counts follows.
        }
        case DriverMessage.Done d -> {
          return new RevisionOutcome.Done();
        }
        case DriverMessage.Failed(var trouble, var missing, var existing) -> {
          return new RevisionOutcome.Failed(
              driver.describe(trouble), trouble.line(), missing, existing);
        }
        case DriverMessage.Broken(var trouble) ->
            throw Conversation.ended(moment, driver.describe(trouble));
        case DriverMessage other -> throw Conversation.unexpected(other);
      }
    }
  }

  @Override
  public List<String> finish() {
    driver.send("stop");
    return switch (driver.receive(Conversation.START_LIMIT, "at the end")) {
      case DriverMessage.Finished(var heads) -> heads;
      case DriverMessage other -> throw Conversation.unexpected(other);
    };
  }

  @Override
  public void close() {
    driver.close();
  }
}
