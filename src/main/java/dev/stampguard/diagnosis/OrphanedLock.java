package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.HeldLock;
import dev.stampguard.tool.ToolLock;
import java.time.Duration;
import java.util.List;

/**
 * Judges a migration tool's lock that is held: SG120 where nobody seems to be behind it any more.
 *
 * <p>A lock is held for as long as a migration runs, which may be hours, and its holder may wait in
 * one session while another one works. So it counts as orphaned when no session of the database is
 * at work and it is not quite new; and, whatever others do, when it is older than any migration is
 * likely to take.
 */
public final class OrphanedLock {
  /** Between two statements of a migration no session is at work either. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Sessions of a pool may rest with a lock while the migration goes on elsewhere. */
  private static final Duration QUIET_SESSION = Duration.ofMinutes(5);

  private static final Duration LONG = Duration.ofDays(1);

  private OrphanedLock() {}

  /**
   * What is to be said beside a judgement.
   *
   * @param tool whose lock it is
   */
  public static Diagnosis judge(Diagnosis diagnosis, String tool, HeldLock held) {
    if (!isOrphaned(held)) {
      return diagnosis;
    }
    FindingCode code = FindingCode.SG120;
    return diagnosis.with(
        new Finding(
            code,
            code.severity(),
            code.title(),
            "%s holds %s for %s%s. %s"
                .formatted(
                    held.by().map(OrphanedLock::begin).orElse("Somebody"),
                    held.lock().name(),
                    tool,
                    held.since().map(" since %s"::formatted).orElse(""),
                    held.areOthersAtWork()
                        ? "That is longer than a migration takes, whatever else is going on here."
                        : "Nobody is at work in this database, so its holder seems to be gone; the next migration will wait for it or fail."),
            objects(held.lock()),
            List.of(),
            hint(held)));
  }

  private static String begin(String who) {
    return who.startsWith("session ") ? "S" + who.substring(1) : "`" + who + "`";
  }

  private static boolean isOrphaned(HeldLock held) {
    if (!held.isIdle()) {
      return false;
    }
    if (held.age().filter(age -> age.compareTo(LONG) >= 0).isPresent()) {
      return true;
    }
    Duration quiet =
        switch (held.lock()) {
          case ToolLock.Row row -> QUIET;
          case ToolLock.Advisory advisory -> QUIET_SESSION;
        };
    return !held.areOthersAtWork() && held.age().filter(age -> age.compareTo(quiet) < 0).isEmpty();
  }

  private static List<ObjectName> objects(ToolLock lock) {
    return switch (lock) {
      case ToolLock.Row row -> List.of(ObjectName.of(ObjectKind.TABLE, row.table()));
      case ToolLock.Advisory advisory -> List.of();
    };
  }

  private static String hint(HeldLock held) {
    return switch (held.lock()) {
      case ToolLock.Row row -> "when nobody migrates this database, release it: " + row.release();
      case ToolLock.Advisory advisory ->
          "when nobody migrates this database, end that session: SELECT pg_terminate_backend(%s)"
              .formatted(
                  held.by().map(who -> who.replaceFirst("^session (\\d+).*", "$1")).orElse("pid"));
    };
  }
}
