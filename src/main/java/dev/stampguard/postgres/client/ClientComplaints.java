package dev.stampguard.postgres.client;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.target.Masking;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program says on standard error, and what that means; never holds the password. */
final class ClientComplaints {
  private static final int LONGEST = 500;

  private static final Pattern ERROR = Pattern.compile("(?:^|\\s)(?:error|ERROR|FATAL):\\s+");
  private static final Pattern NO_CONNECTION =
      Pattern.compile("connection to (?:server|database) .*failed|could not connect to server");
  private static final Pattern NOT_PERMITTED =
      Pattern.compile(
          "permission denied|must be (?:owner|member|superuser)|server version mismatch");
  private static final Pattern NO_SPACE =
      Pattern.compile("No space left on device|File too large|Disk quota exceeded");

  /** Of a program that was killed for writing more than it may: 128 and SIGXFSZ. */
  private static final int KILLED_BY_FILE_SIZE = 153;

  private static final String LOCKED = "lock timeout";
  private static final String TIMEOUT = "unrecognized configuration parameter";
  private static final String TIMEOUT_NAME = "\"transaction_timeout\"";

  private final Program program;
  private final Optional<Target> target;
  private String first = "";
  private String last = "";
  private int errors;
  private int timeouts;

  ClientComplaints(Program program, Optional<Target> target) {
    this.program = Objects.requireNonNull(program);
    this.target = Objects.requireNonNull(target);
  }

  /** Takes a line and returns it as it may be shown. */
  synchronized String add(String line) {
    String shown = masked(line.length() > LONGEST ? line.substring(0, LONGEST) : line).strip();
    if (shown.isEmpty()) {
      return shown;
    }
    last = shown;
    if (ERROR.matcher(shown).find()) {
      errors++;
      if (first.isEmpty()) {
        first = shown;
      }
      if (shown.contains(TIMEOUT) && shown.contains(TIMEOUT_NAME)) {
        timeouts++;
        first = first.equals(shown) ? "" : first;
      }
    }
    return shown;
  }

  private String masked(String line) {
    String masked = Masking.mask(line);
    return target
        .flatMap(Target::password)
        .map(Secret::reveal)
        .filter(secret -> !secret.isEmpty() && !isNamedAnyway(secret))
        .map(secret -> masked.replace(secret, "***"))
        .orElse(masked);
  }

  /** A password that is the name of the role or of the database too is told by those anyway. */
  private boolean isNamedAnyway(String secret) {
    return target
        .filter(named -> secret.equals(named.user()) || secret.equals(named.database()))
        .isPresent();
  }

  /** Whether an older server merely does not know {@code transaction_timeout}. */
  synchronized boolean areOfTimeoutsOnly() {
    return errors > 0 && errors == timeouts;
  }

  /** What to tell the user about a program that ended with this status. */
  synchronized StampguardException failure(int status) {
    String said = first.isEmpty() ? last : first;
    String where = target.map(named -> " on `%s`".formatted(named.database())).orElse("");
    String message = "`%s` failed%s: %s".formatted(program.fileName(), where, reason(said, status));
    if (status == KILLED_BY_FILE_SIZE || NO_SPACE.matcher(said).find()) {
      return new StampguardException(
          ExitCode.CHANGE_FAILED, message, "make sure that there is space left, then try again");
    }
    if (said.contains(LOCKED)) {
      return StampguardException.passing(
          ExitCode.REFUSED, message, "wait for the other session with `--wait 30s`");
    }
    if (NO_CONNECTION.matcher(said).find() || NOT_PERMITTED.matcher(said).find()) {
      return new StampguardException(
          ExitCode.NO_ACCESS, message, "grant what is missing, or use another role");
    }
    return new StampguardException(ExitCode.CHANGE_FAILED, message, null);
  }

  private static String reason(String said, int status) {
    if (status == KILLED_BY_FILE_SIZE) {
      return "a file became larger than this session may write";
    }
    if (said.isEmpty()) {
      return "it ended with status %s and gave no reason".formatted(status);
    }
    Matcher error = ERROR.matcher(said);
    String reason = error.find() ? said.substring(error.end()) : said;
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
