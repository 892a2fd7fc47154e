package dev.stampguard.service.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.database.DatabaseSwap;
import dev.stampguard.postgres.database.Maintenance;
import dev.stampguard.target.Target;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/** Gives a database that was kept its name back; the one that has it is kept in turn. */
public final class SwapBack {
  private static final Pattern KEPT = Pattern.compile("(?<start>.+)_before_\\d{8}_\\d{6}");

  private final PostgresConnector connector;
  private final Target target;

  /**
   * @param target the name to give back
   */
  public SwapBack(PostgresConnector connector, Target target) {
    this.connector = Objects.requireNonNull(connector);
    this.target = Objects.requireNonNull(target);
  }

  /** Whether a name is one that a database is kept under. */
  public static boolean isKeptName(String name) {
    return KEPT.matcher(name).matches();
  }

  /**
   * Swaps the names.
   *
   * @param kept the name the database is kept under
   * @param time now
   * @param terminate whether to end the sessions that are in the way
   * @return what the present database is called now
   * @throws StampguardException (usage) when there is no such database, or it was kept for another
   *     one; (refused) naming who is connected; (no access) when the role may not do it
   */
  public String swap(String kept, Instant time, boolean terminate) {
    var matcher = KEPT.matcher(kept);
    if (!matcher.matches() || !target.database().startsWith(matcher.group("start"))) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` was not kept for `%s`, which the target is".formatted(kept, target.database()),
          "name the database whose name it is to get with `--url`");
    }
    if (!Maintenance.exists(connector, target.withDatabase(kept, target.source()))) {
      throw new StampguardException(
          ExitCode.USAGE,
          "there is no database `%s` on the target's server".formatted(kept),
          "`stampguard backup list` lists the backups");
    }
    var swap = new DatabaseSwap(connector, target);
    String name = swap.freeKeptName(target.database(), time);
    swap.swap(new DatabaseSwap.Request(target.database(), kept, name, terminate));
    return name;
  }
}
