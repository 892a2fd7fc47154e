package dev.stampguard.postgres;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Optional;

/**
 * Another session whose lock is in the way.
 *
 * @param pid the process id of its server side
 * @param application how it calls itself; empty when it does not, or is gone again
 * @param relation what it holds, quoted
 */
public record LockHolder(String pid, Optional<String> application, String relation) {
  /** Asks who keeps everybody else from reading a relation. */
  public static RowQuery<Optional<LockHolder>> ofAnyRelation() {
    return first(SqlResource.read("lock-holder"));
  }

  /**
   * Asks who keeps others from locking a table against writers.
   *
   * @param table its name, quoted as far as it needs to be
   */
  public static RowQuery<Optional<LockHolder>> ofTable(String table) {
    return first(Query.bind(SqlResource.read("table-lock-holder"), List.of(table)));
  }

  private static RowQuery<Optional<LockHolder>> first(String sql) {
    return RowQuery.each(
            sql,
            row ->
                new LockHolder(
                    row.text(1),
                    Optional.ofNullable(row.text(2)).filter(name -> !name.isEmpty()),
                    row.text(3)))
        .map(holders -> holders.stream().findFirst());
  }

  /** What is said to somebody who cannot go on because of it. */
  public StampguardException refusal(Target target) {
    return StampguardException.passing(
        ExitCode.REFUSED,
        "the schema of `%s` is locked: session %s%s holds `%s`"
            .formatted(
                target.database(),
                pid,
                application.map(name -> " (`" + name + "`)").orElse(""),
                relation),
        "wait for the other session with `--wait 30s`");
  }
}
