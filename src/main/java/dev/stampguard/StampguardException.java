package dev.stampguard;

import java.util.Objects;
import java.util.Optional;

/**
 * The one way a run ends early: what went wrong, where and why in one sentence without a full stop,
 * and the next command to try. Never carries a password, and has no cause that could print one.
 */
public final class StampguardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String hint;

  /**
   * @param exitCode how the process ends
   * @param message one sentence without a full stop, names in backticks
   * @param hint what to do next, or {@code null} when there is nothing useful to say
   */
  public StampguardException(ExitCode exitCode, String message, String hint) {
    super(Objects.requireNonNull(message), null, false, exitCode == ExitCode.INTERNAL);
    this.exitCode = Objects.requireNonNull(exitCode);
    this.hint = hint;
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** What to do next. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
