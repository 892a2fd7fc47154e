package dev.stampguard.tool.alembic.replay;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Alembic, running one revision after the other in a scratch database. The project's scripts are
 * run, and its {@code env.py} where {@link RunSettings#projectEnvironment} says so, with the rights
 * of whoever runs this.
 */
public final class AlembicDriver implements RevisionRunner {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final DriverProcess process;
  private final AlembicRun run;
  private final Target scratch;
  private DriverMessage.Hello hello;

  private AlembicDriver(DriverProcess process, AlembicRun run, Target scratch) {
    this.process = process;
    this.run = run;
    this.scratch = scratch;
  }

  /**
   * Starts Python, which takes a while: others have time for theirs before {@link #connect()}.
   *
   * @param scratch where the revisions are to run; never the target itself
   * @throws StampguardException (usage) when it cannot be started
   */
  public static AlembicDriver start(AlembicRun run, Interpreter interpreter, Target scratch) {
    DriverProcess process;
    try {
      process =
          DriverProcess.start(
              interpreter,
              run.files().directory(),
              environment ->
                  ChildEnvironment.point(environment, scratch, run.settings().urlVariable()));
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be run".formatted(interpreter.program()),
          "name the project's interpreter with `--python`");
    }
    return new AlembicDriver(process, run, scratch);
  }

  /** {@inheritDoc} Configures Alembic, in the project's {@code env.py} where that is asked for. */
  @Override
  public void connect() {
    send(DriverSettings.line(run));
    hello =
        switch (receive(START_LIMIT, "while it loaded the scripts")) {
          case DriverMessage.Hello found -> found;
          case DriverMessage.Elsewhere(var trouble) ->
              throw new StampguardException(
                  ExitCode.USAGE,
                  describe(trouble),
                  "let it read its database from `%s`, or do without `--driver-env project`"
                      .formatted(run.settings().urlVariable()));
          case DriverMessage.Broken(var trouble) ->
              throw new StampguardException(
                  ExitCode.USAGE,
                  describe(trouble),
                  trouble.module().isPresent()
                      ? "add what it needs to `prepend_sys_path`, or name the project's interpreter with `--python`"
                      : null);
          case DriverMessage other -> throw unexpected(other);
        };
  }

  @Override
  public LedgerLocation ledger() {
    return hello.ledger();
  }

  @Override
  public RevisionOutcome run(String revision) {
    send("run " + revision);
    String moment = "in revision `%s`".formatted(revision);
    while (true) {
      switch (receive(run.settings().limit(), moment)) {
        case DriverMessage.Begin b -> {
          // The answer that counts follows.
        }
        case DriverMessage.Done d -> {
          return new RevisionOutcome.Done();
        }
        case DriverMessage.Failed(var id, var trouble, var missing, var existing) -> {
          return new RevisionOutcome.Failed(describe(trouble), trouble.line(), missing, existing);
        }
        case DriverMessage.Broken(var trouble) -> throw ended(moment, describe(trouble));
        case DriverMessage other -> throw unexpected(other);
      }
    }
  }

  @Override
  public List<String> finish() {
    send("stop");
    return switch (receive(START_LIMIT, "at the end")) {
      case DriverMessage.Finished(var heads) -> heads;
      case DriverMessage other -> throw unexpected(other);
    };
  }

  @Override
  public void close() {
    process.close();
  }

  private void send(String line) {
    try {
      process.send(line);
    } catch (IOException e) {
      throw ended("before its next command", said());
    }
  }

  private DriverMessage receive(Duration limit, String moment) {
    try {
      Optional<String> line = process.receive(limit);
      return DriverMessage.parse(line.orElseThrow(() -> ended(moment, said())));
    } catch (IOException e) {
      throw ended(moment, "it did not keep to the protocol");
    } catch (TimeoutException e) {
      throw ended(moment, "it took longer than %d s".formatted(limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StampguardException(ExitCode.INTERRUPTED, "interrupted " + moment, null);
    }
  }

  private String said() {
    return masked(process.lastComplaint().orElse("it gave no reason"));
  }

  /** One sentence: where, and what. */
  private String describe(DriverMessage.Trouble trouble) {
    String what = masked(trouble.message());
    if (trouble.file().isEmpty()) {
      return what;
    }
    String where = "`%s:%d`".formatted(relative(trouble.file().get()), trouble.line());
    return trouble
        .module()
        .map(module -> "%s cannot import `%s`: %s".formatted(where, module, what))
        .orElseGet(() -> "%s: %s".formatted(where, what));
  }

  private String relative(String file) {
    Path path = run.files().directory().resolve(file).normalize();
    Path directory = run.files().directory().normalize();
    return path.startsWith(directory) ? directory.relativize(path).toString() : file;
  }

  /** Scripts may print whatever they know. */
  private String masked(String text) {
    return scratch
        .password()
        .map(Secret::reveal)
        .filter(password -> !password.isEmpty())
        .map(password -> text.replace(password, "***"))
        .orElse(text);
  }

  private static StampguardException ended(String moment, String reason) {
    return new StampguardException(
        ExitCode.CHANGE_FAILED, "Python ended %s: %s".formatted(moment, reason), null);
  }

  private static StampguardException unexpected(DriverMessage message) {
    return new StampguardException(
        ExitCode.INTERNAL, "the Python driver answered out of turn: " + message, null);
  }
}
