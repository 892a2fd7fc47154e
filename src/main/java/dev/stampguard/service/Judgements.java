package dev.stampguard.service;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.tool.Inspection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers judgements of one run, so that many databases which are alike are judged once. All of
 * them have to be judged by one source and with the same accepted drift.
 *
 * <p>What was seen longest ago is forgotten first, by how many objects all of it holds: a few large
 * catalogs must not fill the memory.
 */
public final class Judgements {
  private static final int MOST_OBJECTS = 20_000;

  private final LinkedHashMap<Seen, Judged> known = new LinkedHashMap<>(16, 0.75f, true);
  private int objects;

  /** What decides a judgement, given source and accepted drift. */
  record Seen(Inspection inspection, List<TargetDoubt> doubts) {
    int objects() {
      return inspection.catalog().objects().size();
    }
  }

  /**
   * A judgement.
   *
   * @param expectation what had to be there
   * @param diagnosis what is to be said
   */
  record Judged(Expectation expectation, Diagnosis diagnosis) {}

  /** The judgement of something equal, or else a new one. */
  Judged of(Seen seen, Supplier<Judged> judge) {
    synchronized (known) {
      Judged judged = known.get(seen);
      if (judged != null) {
        return judged;
      }
    }
    // Outside the lock: others may judge meanwhile, at worst the same.
    Judged judged = judge.get();
    synchronized (known) {
      if (known.putIfAbsent(seen, judged) == null) {
        objects += seen.objects();
        var oldest = known.entrySet().iterator();
        while (objects > MOST_OBJECTS && oldest.hasNext()) {
          Map.Entry<Seen, Judged> forgotten = oldest.next();
          objects -= forgotten.getKey().objects();
          oldest.remove();
        }
      }
    }
    return judged;
  }
}
