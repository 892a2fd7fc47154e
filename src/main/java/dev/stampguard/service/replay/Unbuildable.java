package dev.stampguard.service.replay;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.Replay.Failure;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.Optional;

/** Says which revision keeps scripts from building a database, and why. */
final class Unbuildable {
  private Unbuildable() {}

  /**
   * Throws when not every revision ran.
   *
   * @param hint what to do then
   * @throws StampguardException (refused) naming the oldest revision that failed
   */
  static void throwIfAny(RevisionGraph graph, Replay replay, String hint) {
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      if (!replay.expectation().revisions().containsKey(id)) {
        why(graph, replay, id)
            .ifPresent(
                reason -> {
                  throw new StampguardException(ExitCode.REFUSED, reason, hint);
                });
      }
    }
  }

  /** Empty when the revision only waited for one that failed. */
  private static Optional<String> why(RevisionGraph graph, Replay replay, String id) {
    // The last gap is the one that held it up: those before it were filled.
    Optional<ChainGap> gap =
        replay.expectation().gaps().stream()
            .filter(g -> g.revision().equals(id))
            .reduce((earlier, later) -> later);
    Optional<Failure> failure =
        replay.failures().stream().filter(f -> f.revision().equals(id)).findFirst();
    return failure.map(f -> failed(graph, f)).or(() -> gap.map(g -> lacks(graph, replay, g)));
  }

  private static String lacks(RevisionGraph graph, Replay replay, ChainGap gap) {
    String why = replay.unfilled().stream().findFirst().map(said -> "; " + said).orElse("");
    return Words.gap(graph, gap) + why;
  }

  private static String failed(RevisionGraph graph, Failure failure) {
    return "%s cannot run: %s"
        .formatted(Words.revision(graph, failure.revision()), failure.message());
  }
}
