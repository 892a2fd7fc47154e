package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.HeldLock;
import dev.stampguard.tool.ToolLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Judges a migration tool's lock that is held: SG120 where nobody seems to be behind it any more.
 *
 * <p>A lock is held for as long as a migration runs, which may be hours, and its holder may wait in
 * one session while another one works. So it counts as orphaned when no session of the database is
 * at work and it is not quite new; and, whatever others do, when it is older than any migration is
 * likely to take.
 */
public final class OrphanedLock {
  /** Looked for on its own, after everything else was judged. */
  static final String CODE = FindingCode.SG120.name();

  /** Between two statements of a migration no session is at work either. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Sessions of a pool may rest with a lock while the migration goes on elsewhere. */
  private static final Duration QUIET_SESSION = Duration.ofMinutes(5);

  private static final Duration LONG = Duration.ofDays(1);

  private OrphanedLock() {}

  /** Whether a rule accepts locks that are held. */
  public static boolean isAbout(AcceptedDrift rule) {
    return rule.code().equals(CODE);
  }

  /**
   * What is to be said beside a judgement.
   *
   * @param tool whose lock it is
   * @param held the lock; empty when nobody holds it
   * @param accepted drift somebody accepted
   */
  public static Diagnosis judge(
      Diagnosis diagnosis, String tool, Optional<HeldLock> held, List<AcceptedDrift> accepted) {
    var acceptance = new Acceptance(accepted);
    Optional<Finding> finding =
        held.filter(OrphanedLock::isOrphaned)
            .map(lock -> finding(lock, tool, diagnosis))
            .flatMap(acceptance::apply);
    Diagnosis told = diagnosis.with(acceptance.ignored(), acceptance.unused(CODE::equals));
    return finding.map(told::with).orElse(told);
  }

  /**
   * Where nobody looked at locks: what can be said of rules all the same, because none of the
   * tool's locks is what they name.
   *
   * @param locks that the tool takes; none where it takes none that others see
   * @param accepted drift somebody accepted
   */
  public static Diagnosis unlooked(
      Diagnosis diagnosis, List<ToolLock> locks, List<AcceptedDrift> accepted) {
    List<String> objects =
        locks.stream().map(lock -> object(lock, diagnosis)).map(ObjectName::toString).toList();
    return diagnosis.with(
        List.of(),
        accepted.stream()
            .filter(OrphanedLock::isAbout)
            .filter(rule -> objects.stream().noneMatch(rule.objects()))
            .map(AcceptedDrift::place)
            .toList());
  }

  private static Finding finding(HeldLock held, String tool, Diagnosis diagnosis) {
    FindingCode code = FindingCode.SG120;
    return new Finding(
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
        List.of(object(held.lock(), diagnosis)),
        List.of(),
        hint(held));
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

  /** What it keeps others from: an advisory lock has no object of its own, the ledger is meant. */
  private static ObjectName object(ToolLock lock, Diagnosis diagnosis) {
    return ObjectName.of(
        ObjectKind.TABLE,
        switch (lock) {
          case ToolLock.Row row -> row.table();
          case ToolLock.Advisory advisory -> diagnosis.ledger().table();
        });
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
