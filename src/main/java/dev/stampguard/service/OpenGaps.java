package dev.stampguard.service;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import java.util.List;

/**
 * Where a tool's scripts cannot run from nothing, although the project's other tools ran theirs.
 */
public final class OpenGaps {
  private OpenGaps() {}

  /**
   * Those that are left.
   *
   * @param beside the project's other tools
   */
  public static List<ChainGap> of(Examination examination, List<Subject> beside) {
    List<ChainGap> gaps = examination.expectation().gaps();
    if (gaps.isEmpty() || beside.isEmpty()) {
      return gaps;
    }
    List<Expectation> others =
        beside.stream().map(other -> other.owner(examination.seen()).expectation()).toList();
    return gaps.stream()
        .filter(gap -> others.stream().noneMatch(other -> makes(other, gap.needs())))
        .toList();
  }

  private static boolean makes(Expectation expectation, ObjectName object) {
    return expectation.revisions().values().stream()
        .flatMap(revision -> revision.effects().stream())
        .anyMatch(effect -> effect.object().equals(object) && effect.after().isPresent());
  }
}
