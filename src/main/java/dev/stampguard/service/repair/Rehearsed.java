package dev.stampguard.service.repair;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What trying a plan on a copy of the schema showed.
 *
 * @param steps per step of the draft, in order
 * @param standings what each segment left, in order
 * @param written tables of before that were written to, or changed in their form
 */
record Rehearsed(List<Step> steps, List<Standing> standings, Set<QualifiedName> written) {
  Rehearsed {
    steps = List.copyOf(steps);
    standings = List.copyOf(standings);
    written = Set.copyOf(written);
  }

  /**
   * One step.
   *
   * @param segment the transaction it ran in, counted from 1
   * @param alone whether it had to commit by itself
   * @param touched tables of before, by what happened to them
   */
  record Step(int segment, boolean alone, Map<Hazard, Set<QualifiedName>> touched) {
    Step {
      touched = Map.copyOf(touched);
    }
  }
}
