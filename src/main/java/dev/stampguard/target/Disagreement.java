package dev.stampguard.target;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The process environment and the {@code .env} file name different databases: what SG118 is about.
 *
 * @param environment what the process environment names
 * @param envFile what the {@code .env} file names
 */
public record Disagreement(Target environment, Target envFile) {
  public Disagreement {
    Objects.requireNonNull(environment);
    Objects.requireNonNull(envFile);
  }

  /** The two as a disagreement; empty when they are one database, whatever the role. */
  static Optional<Disagreement> between(Target environment, Target envFile) {
    boolean same =
        environment.database().equals(envFile.database())
            && servers(environment).equals(servers(envFile));
    return same ? Optional.empty() : Optional.of(new Disagreement(environment, envFile));
  }

  private static List<String> servers(Target target) {
    return target.endpoints().stream()
        .map(endpoint -> hostKey(endpoint) + ":" + endpoint.port())
        .toList();
  }

  /** This machine has many names; a local socket is one of them. */
  private static String hostKey(Target.Endpoint endpoint) {
    String host = endpoint.host().toLowerCase(Locale.ROOT);
    boolean here = endpoint.isSocket() || host.equals("::1") || host.startsWith("127.");
    return here ? "localhost" : host;
  }
}
