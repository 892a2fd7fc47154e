package dev.stampguard.tool.flyway.replay;

import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RevisionRunner;
import java.time.Duration;
import java.util.Objects;

/**
 * Starts what runs Flyway migrations.
 *
 * @param run how to run them
 */
public record FlywayLauncher(FlywayRun run) implements RevisionLauncher, ChangeLauncher {
  private static final ConnectTimeout CONNECT = new ConnectTimeout(Duration.ofSeconds(30));
  private static final LockTimeout LOCK = new LockTimeout(Duration.ofSeconds(10));

  public FlywayLauncher {
    Objects.requireNonNull(run);
  }

  @Override
  public RevisionRunner start(Target scratch) {
    return new FlywayRunner(run, open(scratch, LOCK));
  }

  @Override
  public ChangeSession start(Target target, ChangeLimits limits) {
    return new FlywayChange(run, () -> open(target, limits.lock()), limits);
  }

  private FlywayConnection open(Target target, LockTimeout lock) {
    return new FlywayConnection(
        new PostgresConnector(CONNECT, new StatementTimeout(run.limit()), lock).open(target), run);
  }
}
