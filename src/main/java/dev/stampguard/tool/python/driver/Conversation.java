package dev.stampguard.tool.python.driver;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.tool.process.ChildEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * What is said between us and the driver. The project's scripts are run, and its {@code env.py}
 * where {@link dev.stampguard.tool.RunSettings#projectEnvironment} says so, with the rights of
 * whoever runs this.
 */
final class Conversation implements AutoCloseable {
  static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final DriverProcess process;
  private final DriverRun run;
  private final Target database;

  private Conversation(DriverProcess process, DriverRun run, Target database) {
    this.process = process;
    this.run = run;
    this.database = database;
  }

  /**
   * Starts Python, which takes a while: others have time for theirs before {@link #greet}.
   *
   * @param database the only one that it may connect to
   * @throws StampguardException (usage) when it cannot be started
   */
  static Conversation start(DriverRun run, Interpreter interpreter, Target database) {
    try {
      return new Conversation(
          DriverProcess.start(
              interpreter,
              run.program(),
              run.directory(),
              environment ->
                  ChildEnvironment.point(environment, database, run.settings().urlVariable())),
          run,
          database);
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be run".formatted(interpreter.program()),
          "name the project's interpreter with `--python`");
    }
  }

  /**
   * Says how to run the revisions, and waits until the scripts are loaded. Alembic is configured,
   * in the project's {@code env.py} where that is asked for.
   *
   * @param settings the driver's first line
   * @throws StampguardException (usage) when set-up or scripts cannot be loaded, or would go to
   *     another database, where nothing was run
   */
  DriverMessage.Hello greet(String settings) {
    send(settings);
    return switch (receive(START_LIMIT, "while it loaded the scripts")) {
      case DriverMessage.Hello found -> found;
      case DriverMessage.Elsewhere(var trouble) ->
          throw new StampguardException(ExitCode.USAGE, describe(trouble), run.elsewhereHint());
      case DriverMessage.Broken(var trouble) ->
          throw new StampguardException(
              ExitCode.USAGE,
              describe(trouble),
              trouble.module().isPresent() ? run.importHint() : null);
      case DriverMessage other -> throw unexpected(other);
    };
  }

  /** Sends a command. */
  void send(String line) {
    try {
      process.send(line);
    } catch (IOException e) {
      throw ended("before its next command", said());
    }
  }

  /**
   * Waits for an answer.
   *
   * @param moment what it does, for the case that the answer does not come
   */
  DriverMessage receive(Duration limit, String moment) {
    try {
      Optional<String> line = process.receive(limit);
      return DriverMessage.parse(line.orElseThrow(() -> ended(moment, said())));
    } catch (IOException e) {
      throw ended(moment, "it did not keep to the protocol");
    } catch (TimeoutException e) {
      throw ended(moment, "it took longer than %s s".formatted(limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StampguardException(ExitCode.INTERRUPTED, "interrupted " + moment, null);
    }
  }

  private String said() {
    return masked(process.lastComplaint().orElse("it gave no reason"));
  }

  /** One sentence: where, and what. */
  String describe(DriverMessage.Trouble trouble) {
    String what = masked(trouble.message());
    if (trouble.file().isEmpty()) {
      return what;
    }
    String where = "`%s:%s`".formatted(relative(trouble.file().get()), trouble.line());
    return trouble
        .module()
        .map(module -> "%s cannot import `%s`: %s".formatted(where, module, what))
        .orElseGet(() -> "%s: %s".formatted(where, what));
  }

  private String relative(String file) {
    Path path = run.directory().resolve(file).normalize();
    Path directory = run.directory().normalize();
    return path.startsWith(directory) ? directory.relativize(path).toString() : file;
  }

  /** Scripts may print whatever they know. */
  private String masked(String text) {
    return database
        .password()
        .map(Secret::reveal)
        .filter(password -> !password.isEmpty())
        .map(password -> text.replace(password, "***"))
        .orElse(text);
  }

  /** Nothing more is to be had from it. */
  static StampguardException ended(String moment, String reason) {
    return new StampguardException(
        ExitCode.CHANGE_FAILED, "Python ended %s: %s".formatted(moment, reason), null);
  }

  static StampguardException unexpected(DriverMessage message) {
    return new StampguardException(
        ExitCode.INTERNAL, "the Python driver answered out of turn: " + message, null);
  }

  /** Ends the driver and what it started. */
  @Override
  public void close() {
    process.close();
  }
}
