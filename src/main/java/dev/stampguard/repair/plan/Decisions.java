package dev.stampguard.repair.plan;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import java.util.Set;

/**
 * What somebody said about revisions that change only data, of which nobody can tell whether they
 * ran.
 *
 * @param assumeApplied ids of those that count as having run
 * @param run ids of those that are to run
 */
public record Decisions(Set<String> assumeApplied, Set<String> run) {
  /** Nothing was said. */
  public static final Decisions NONE = new Decisions(Set.of(), Set.of());

  /**
   * @throws StampguardException (usage) when both is said of a revision
   */
  public Decisions {
    assumeApplied = Set.copyOf(assumeApplied);
    run = Set.copyOf(run);
    run.stream().filter(assumeApplied::contains).sorted().findFirst().ifPresent(Decisions::refuse);
  }

  /** Whether anything was said about this revision. */
  public boolean cover(String revision) {
    return assumeApplied.contains(revision) || run.contains(revision);
  }

  private static void refuse(String revision) {
    throw new StampguardException(
        ExitCode.USAGE,
        "`%s` cannot both count as applied and be run".formatted(revision),
        "say `--assume-applied %s` or `--run %1$s`".formatted(ShellWords.quote(revision)));
  }
}
