package dev.stampguard.tool;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.Objects;

/**
 * Nothing may run a project's migrations, because they are the project's code and nobody said that
 * it may run. {@code --driver-env project} says so.
 *
 * @param reason why, one sentence without a full stop
 * @param runs what would run them, to follow the word <em>runs</em>
 */
public record NotAllowed(String reason, String runs) {
  /** What allows it on a command line. */
  public static final String OPTION = "--driver-env project";

  public NotAllowed {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(runs);
  }

  /**
   * The error of a command that cannot do without.
   *
   * @param command its name, as on the command line
   */
  public StampguardException refusing(String command) {
    return refusing(command, reason);
  }

  /**
   * As {@link #refusing(String)}, where the reason was said already.
   *
   * @param message what cannot be done, one sentence without a full stop
   */
  public StampguardException refusing(String command, String message) {
    return new StampguardException(
        ExitCode.USAGE, message, "`%s` runs %s".formatted(command(command), runs));
  }

  /** A command line that allows it. */
  public static String command(String command) {
    return "stampguard %s %s".formatted(command, OPTION);
  }
}
