package dev.stampguard;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one way a run ends early: what went wrong, where and why in one sentence without a full stop,
 * and the next command to try. Never carries a password, and has no cause that could print one.
 */
public final class StampguardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String hint;
  private final boolean passing;

  /**
   * @param exitCode how the process ends
   * @param message one sentence without a full stop, names in backticks
   * @param hint what to do next, or {@code null} when there is nothing useful to say
   */
  public StampguardException(ExitCode exitCode, String message, String hint) {
    this(exitCode, message, hint, false);
  }

  private StampguardException(ExitCode exitCode, String message, String hint, boolean passing) {
    super(Objects.requireNonNull(message), null, false, exitCode == ExitCode.INTERNAL);
    this.exitCode = Objects.requireNonNull(exitCode);
    this.hint = hint;
    this.passing = passing;
  }

  /**
   * An obstacle that goes away by itself, so that {@code --wait} tries again: nobody listens yet,
   * the server is starting up, the schema is changing.
   */
  public static StampguardException passing(ExitCode exitCode, String message, String hint) {
    return new StampguardException(exitCode, message, hint, true);
  }

  /** Whether the same attempt may succeed a little later without anybody changing anything. */
  public boolean isPassing() {
    return passing;
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The same, with this to do next where it does not say anything. */
  public StampguardException orHint(String next) {
    return hint == null ? new StampguardException(exitCode, getMessage(), next, passing) : this;
  }

  /** The same, with what to do next said in other words where there is something. */
  public StampguardException withHint(UnaryOperator<String> words) {
    return hint == null
        ? this
        : new StampguardException(exitCode, getMessage(), words.apply(hint), passing);
  }

  /** What to do next. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
