package dev.stampguard.report;

import dev.stampguard.target.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A target as it may be shown: without password or parameters.
 *
 * @param database its name
 * @param host a host name, an address without brackets, or the absolute directory of a local socket
 * @param port the port
 * @param user the role that connects
 * @param source where the choice came from, for example {@code .env:3 DATABASE_URL}
 * @param serverVersion as the server prints it; empty when nobody connected
 * @param warnings what is odd about the choice, one sentence each; shown in text only
 */
public record TargetView(
    String database,
    String host,
    int port,
    String user,
    String source,
    Optional<String> serverVersion,
    List<String> warnings) {
  public TargetView {
    Objects.requireNonNull(database);
    Objects.requireNonNull(host);
    Objects.requireNonNull(user);
    Objects.requireNonNull(source);
    Objects.requireNonNull(serverVersion);
    warnings = List.copyOf(warnings);
  }

  /**
   * The view of a target at the first place its server may listen.
   *
   * @param serverVersion as the server prints it; empty when nobody connected
   * @param warnings what is odd about the choice, one sentence each
   */
  public static TargetView of(
      Target target, Optional<String> serverVersion, List<String> warnings) {
    Target.Endpoint endpoint = target.endpoints().getFirst();
    return new TargetView(
        target.database(),
        endpoint.host(),
        endpoint.port(),
        target.user(),
        target.source(),
        serverVersion,
        warnings);
  }
}
