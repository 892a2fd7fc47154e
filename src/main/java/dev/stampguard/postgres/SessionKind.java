package dev.stampguard.postgres;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target;
import java.util.List;

/** The kind of server a session may be on, in the driver's words. */
enum SessionKind {
  ANY("any"),
  PRIMARY("primary"),
  SECONDARY("secondary");

  private final String driverName;

  SessionKind(String driverName) {
    this.driverName = driverName;
  }

  String driverName() {
    return driverName;
  }

  /**
   * What libpq's {@code target_session_attrs} asks for: kinds to go through all endpoints with, one
   * after the other. The driver knows no {@code read-write} or {@code read-only}; it tells a
   * primary from a standby, which comes to the same unless a primary is read-only by default.
   */
  static List<SessionKind> wanted(Target target) {
    String wanted = target.parameters().getOrDefault("target_session_attrs", "any");
    return switch (wanted) {
      case "any" -> List.of(ANY);
      case "read-write", "primary" -> List.of(PRIMARY);
      case "read-only", "standby" -> List.of(SECONDARY);
      case "prefer-standby" -> List.of(SECONDARY, ANY);
      default ->
          throw new StampguardException(
              ExitCode.USAGE,
              "`target_session_attrs` of `%s` is `%s`".formatted(target.source(), wanted),
              "use any, read-write, read-only, primary, standby or prefer-standby");
    };
  }
}
