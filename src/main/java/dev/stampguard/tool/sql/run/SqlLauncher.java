package dev.stampguard.tool.sql.run;

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
 * Starts what runs migrations that are SQL.
 *
 * @param run how to run them
 */
public record SqlLauncher(SqlRun run) implements RevisionLauncher, ChangeLauncher {
  private static final ConnectTimeout CONNECT = new ConnectTimeout(Duration.ofSeconds(30));
  private static final LockTimeout LOCK = new LockTimeout(Duration.ofSeconds(10));

  public SqlLauncher {
    Objects.requireNonNull(run);
  }

  @Override
  public RevisionRunner start(Target scratch) {
    return new SqlRunner(run, open(scratch, LOCK));
  }

  @Override
  public ChangeSession start(Target target, ChangeLimits limits) {
    return new SqlChange(run, () -> open(target, limits.lock()), limits);
  }

  private SqlSession open(Target target, LockTimeout lock) {
    return new SqlSession(
        new PostgresConnector(CONNECT, new StatementTimeout(run.limit()), lock).open(target), run);
  }
}
