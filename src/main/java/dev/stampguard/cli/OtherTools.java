package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.service.Subject;
import dev.stampguard.tool.MigrationProject;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a project's further tools mean for a repair that follows one.
 *
 * @param further the others
 * @param subjects what is known of tools without asking any database; of some it may be nothing
 */
record OtherTools(
    List<MigrationProject> further, Function<List<MigrationProject>, List<Subject>> subjects) {
  OtherTools {
    further = List.copyOf(further);
  }

  /** The ways out that are open where the project has further tools. */
  List<WayOut> open(List<WayOut> ways) {
    List<String> unread = unread();
    return unread.isEmpty()
        ? ways
        : ways.stream()
            .map(
                way ->
                    way.strategy() == Strategy.RECREATE
                        ? new WayOut(
                            way.strategy(),
                            false,
                            false,
                            "it would leave out what the scripts of %s make, which cannot be read"
                                .formatted(String.join(" and ", unread)))
                        : way)
            .toList();
  }

  /**
   * Keeps a new database from being built without the objects of a tool in the place of one that
   * has them.
   *
   * @throws StampguardException (refused) when the project has a tool whose scripts cannot be read
   */
  void requireAllRead(RepairPlan plan) {
    if (plan.strategy().filter(Strategy.RECREATE::equals).isEmpty()) {
      return;
    }
    List<String> unread = unread();
    if (!unread.isEmpty()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`recreate` would build a database without what the scripts of %s make, which cannot be read"
              .formatted(String.join(" and ", unread)),
          "`stampguard diagnose --tool %s` tells what is wrong with them"
              .formatted(unread.getFirst()));
    }
  }

  /** The names of the project's other tools of which nobody knows what they make. */
  private List<String> unread() {
    Set<String> read =
        subjects.apply(further).stream()
            .map(subject -> subject.project().tool())
            .collect(Collectors.toUnmodifiableSet());
    return further.stream()
        .map(MigrationProject::tool)
        .filter(tool -> !read.contains(tool))
        .toList();
  }
}
