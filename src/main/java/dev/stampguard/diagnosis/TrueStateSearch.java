package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the smallest and the largest down-closed set of revisions whose result is the catalog, as
 * far as owned objects go.
 *
 * <p>Each object says which of its writers may have been the last one to run: those after which it
 * looks as it looks now. From that follow revisions that must be in and revisions that must be out;
 * closure over the graph spreads both. What remains open after that are revisions without trace,
 * and objects that look alike after several writers (created, dropped, created again); for those
 * the search tries the alternatives, smallest first for the lower end, largest first for the upper.
 */
final class TrueStateSearch {
  /** More alternatives than this are not tried; the answer is then that no state is known. */
  private static final int MOST_TRIALS = 10_000;

  private final RevisionGraph graph;
  private final List<String> ids;
  private final BitSet[] ancestors;
  private final BitSet[] descendants;
  private final Set<Clue> clues = new LinkedHashSet<>();
  private int trials;

  /**
   * What one object says, and every other of the same history.
   *
   * @param writers positions of its writers, oldest first
   * @param fits at index {@code i + 1} whether the object now looks as writer {@code i} left it; at
   *     index 0 whether it looks as if none had run
   */
  private record Clue(List<Integer> writers, BitSet fits) {}

  TrueStateSearch(
      RevisionGraph graph, Expectation expectation, ObjectHistory history, List<Trace> traces) {
    this.graph = graph;
    this.ids = graph.revisions().stream().map(Revision::id).toList();
    this.ancestors = new BitSet[ids.size()];
    this.descendants = new BitSet[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      ancestors[i] = new BitSet();
      ancestors[i].set(i);
      descendants[i] = new BitSet();
      for (String needed : graph.needs(ids.get(i))) {
        ancestors[i].or(ancestors[history.positionOf(needed)]);
      }
    }
    for (int i = 0; i < ids.size(); i++) {
      for (int a = ancestors[i].nextSetBit(0); a >= 0; a = ancestors[i].nextSetBit(a + 1)) {
        descendants[a].set(i);
      }
    }
    Set<ObjectName> unsure = unsure(expectation, traces);
    for (Trace trace : traces) {
      if (trace.now().isPresent() || !mayBeDropped(trace, unsure)) {
        addClue(trace);
      }
    }
  }

  /** What may have been dropped in a way that was not read, and is not there. */
  private static Set<ObjectName> unsure(Expectation expectation, List<Trace> traces) {
    var unsure = new HashSet<ObjectName>();
    expectation.possiblyTouched().values().forEach(unsure::addAll);
    traces.stream()
        .filter(trace -> trace.now().isPresent())
        .map(Trace::object)
        .forEach(unsure::remove);
    return unsure;
  }

  /** Whether the object, or all of the relation it lives in, may be gone unseen. */
  private static boolean mayBeDropped(Trace trace, Set<ObjectName> unsure) {
    return unsure.contains(trace.object())
        || trace
            .write(1)
            .effect()
            .relation()
            .filter(
                relation -> ObjectHistory.asRelation(relation).stream().anyMatch(unsure::contains))
            .isPresent();
  }

  private void addClue(Trace trace) {
    if (!trace.open() && trace.fits().cardinality() <= trace.writes().size()) {
      clues.add(new Clue(positions(trace.writes()), trace.fits()));
    }
  }

  private static List<Integer> positions(List<Write> writes) {
    return writes.size() == 1
        ? List.of(writes.getFirst().position()) // nearly all
        : writes.stream().map(Write::position).toList();
  }

  /** The interval, or empty when no down-closed set of revisions explains the catalog. */
  Optional<TrueState> search() {
    Choice start = new Choice(new BitSet(), new BitSet());
    trials = 0;
    Optional<BitSet> lower = solve(start, false);
    if (lower.isEmpty()) {
      return Optional.empty();
    }
    trials = 0;
    return solve(start, true).map(upper -> TrueState.between(heads(lower.get()), heads(upper)));
  }

  private List<String> heads(BitSet members) {
    return graph.headsOf(members.stream().mapToObj(ids::get).toList());
  }

  /** Revisions decided so far. */
  private record Choice(BitSet in, BitSet out) {
    Choice copy() {
      return new Choice((BitSet) in.clone(), (BitSet) out.clone());
    }
  }

  private Optional<BitSet> solve(Choice choice, boolean largest) {
    if (++trials > MOST_TRIALS || !propagate(choice)) {
      return Optional.empty();
    }
    BitSet candidate = (BitSet) choice.in.clone();
    if (largest) {
      candidate.set(0, ids.size());
      candidate.andNot(choice.out);
    }
    Optional<Clue> broken =
        clues.stream().filter(clue -> !clue.fits.get(lastIn(clue, candidate))).findFirst();
    if (broken.isEmpty()) {
      return Optional.of(candidate);
    }
    BitSet ways = feasible(broken.get(), choice);
    Optional<BitSet> best = Optional.empty();
    for (int way : ways.stream().toArray()) {
      Choice trial = choice.copy();
      take(broken.get(), way, trial);
      Optional<BitSet> solution = solve(trial, largest);
      if (solution.isPresent()
          && (best.isEmpty() || isBetter(solution.get(), best.get(), largest))) {
        best = solution;
      }
    }
    return best;
  }

  private static boolean isBetter(BitSet solution, BitSet best, boolean largest) {
    return largest
        ? solution.cardinality() > best.cardinality()
        : solution.cardinality() < best.cardinality();
  }

  /** Index into {@code fits}: one past the last writer that is a member, 0 when none is. */
  private static int lastIn(Clue clue, BitSet members) {
    for (int i = clue.writers.size() - 1; i >= 0; i--) {
      if (members.get(clue.writers.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Indexes that fit the catalog and that the choice still allows. */
  private static BitSet feasible(Clue clue, Choice choice) {
    var ways = new BitSet();
    for (int i = clue.writers.size(); i >= 0; i--) {
      if (clue.fits.get(i) && (i == 0 || !choice.out.get(clue.writers.get(i - 1)))) {
        ways.set(i);
      }
      if (i > 0 && choice.in.get(clue.writers.get(i - 1))) {
        break; // an earlier writer cannot have been the last one
      }
    }
    return ways;
  }

  private void take(Clue clue, int way, Choice choice) {
    if (way > 0) {
      choice.in.or(ancestors[clue.writers.get(way - 1)]);
    }
    for (int i = way; i < clue.writers.size(); i++) {
      choice.out.or(descendants[clue.writers.get(i)]);
    }
  }

  /** Spreads what is certain; false when it contradicts itself. */
  private boolean propagate(Choice choice) {
    int before = -1;
    while (before != choice.in.cardinality() + choice.out.cardinality()) {
      before = choice.in.cardinality() + choice.out.cardinality();
      for (Clue clue : clues) {
        BitSet ways = feasible(clue, choice);
        if (ways.isEmpty()) {
          return false;
        }
        for (int i = ways.length() - 1; i < clue.writers.size(); i++) {
          choice.out.or(descendants[clue.writers.get(i)]);
        }
        if (ways.cardinality() == 1) {
          take(clue, ways.nextSetBit(0), choice);
        } else if (!ways.get(0)) {
          choice.in.or(common(clue, ways));
        }
      }
      if (choice.in.intersects(choice.out)) {
        return false;
      }
    }
    return true;
  }

  /** Revisions that every remaining way needs. */
  private BitSet common(Clue clue, BitSet ways) {
    var shared = new BitSet();
    shared.set(0, ids.size());
    ways.stream().forEach(way -> shared.and(ancestors[clue.writers.get(way - 1)]));
    return shared;
  }
}
