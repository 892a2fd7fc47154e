package dev.stampguard.postgres;

import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connectors and targets for tests. */
public final class Connectors {
  private Connectors() {}

  /** Patient enough for a busy machine, a second for locks. */
  public static PostgresConnector connector() {
    return new PostgresConnector(
        new ConnectTimeout(Duration.ofSeconds(20)),
        new StatementTimeout(Duration.ofSeconds(30)),
        new LockTimeout(Duration.ofSeconds(1)));
  }

  /** A connection as superuser to a database of the shared server. */
  public static PostgresConnection open(String database) {
    return connector().open(PostgresServer.shared().target(database));
  }

  /** The same target by another way in. */
  public static Target at(Target target, Target.Endpoint... endpoints) {
    return new Target(
        target.database(),
        List.of(endpoints),
        target.user(),
        target.password(),
        target.parameters(),
        target.source());
  }

  /** The same target with libpq parameters. */
  public static Target with(Target target, Map<String, String> parameters) {
    return new Target(
        target.database(),
        target.endpoints(),
        target.user(),
        target.password(),
        parameters,
        target.source());
  }

  /** The same target as another role, without a password. */
  public static Target as(Target target, String user) {
    return new Target(
        target.database(),
        target.endpoints(),
        user,
        Optional.empty(),
        target.parameters(),
        target.source());
  }
}
