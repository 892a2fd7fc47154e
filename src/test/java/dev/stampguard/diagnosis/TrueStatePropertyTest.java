package dev.stampguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The true state against brute force: random histories of up to nine revisions, every down-closed
 * set of them enumerated. Each case is its seed.
 */
class TrueStatePropertyTest {
  static List<Integer> seeds() {
    return IntStream.range(0, 400).boxed().toList();
  }

  /** A random history and what each set of its revisions leaves. */
  private static final class History {
    final List<String> ids = new ArrayList<>();
    final Map<String, Set<String>> parents = new LinkedHashMap<>();
    final Map<String, List<String>> effects = new LinkedHashMap<>();
    final World world = new World();

    History(Random random) {
      var tables = new TreeSet<String>();
      var dropper = new LinkedHashMap<String, String>();
      int size = 1 + random.nextInt(9);
      for (int i = 0; i < size; i++) {
        String id = "r" + i;
        var mine = new LinkedHashSet<String>();
        if (i > 0) {
          mine.add(random.nextInt(4) == 0 ? ids.get(random.nextInt(i)) : ids.get(i - 1));
          if (random.nextInt(6) == 0) {
            mine.add(ids.get(random.nextInt(i)));
          }
        }
        var words = new ArrayList<String>();
        int count = random.nextInt(3);
        for (int k = 0; k < count; k++) {
          if (!tables.isEmpty() && random.nextInt(4) == 0) {
            // Only what an ancestor made can be dropped, as in scripts that run.
            String table = List.copyOf(tables).get(random.nextInt(tables.size()));
            if (closure(mine).stream().anyMatch(p -> effects.get(p).contains("+" + table))
                && words.stream().noneMatch(word -> word.endsWith(table))) {
              words.add("-" + table);
              tables.remove(table);
              dropper.put(table, id);
            }
          } else {
            String table = "t" + random.nextInt(6);
            // Created again only behind the revision that dropped it, as in scripts that run.
            boolean free =
                !dropper.containsKey(table) || closure(mine).contains(dropper.get(table));
            if (free
                && words.stream().noneMatch(word -> word.endsWith(table))
                && tables.add(table)) {
              words.add("+" + table);
              words.add("+" + table + ".id");
            }
          }
        }
        ids.add(id);
        parents.put(id, mine);
        effects.put(id, words);
        world.revision(id, String.join(" ", mine), String.join(" ", words));
      }
    }

    Set<String> closure(Set<String> from) {
      var all = new HashSet<String>();
      var open = new ArrayList<>(from);
      while (!open.isEmpty()) {
        String id = open.removeLast();
        if (all.add(id)) {
          open.addAll(parents.get(id));
        }
      }
      return all;
    }

    Set<String> leaves(Set<String> members) {
      var there = new TreeSet<String>();
      for (String id : ids) {
        if (members.contains(id)) {
          for (String word : effects.get(id)) {
            if (word.startsWith("+")) {
              there.add(word.substring(1));
            } else {
              there.remove(word.substring(1));
              there.remove(word.substring(1) + ".id");
            }
          }
        }
      }
      return there;
    }

    List<Set<String>> downClosedSets() {
      var sets = new ArrayList<Set<String>>();
      for (int bits = 0; bits < 1 << ids.size(); bits++) {
        var members = new LinkedHashSet<String>();
        for (int i = 0; i < ids.size(); i++) {
          if ((bits >> i & 1) == 1) {
            members.add(ids.get(i));
          }
        }
        if (closure(members).equals(members)) {
          sets.add(members);
        }
      }
      return sets;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothEndsExplainTheCatalogAndTheTruthLiesBetween(int seed) {
    var random = new Random(seed);
    var history = new History(random);
    List<Set<String>> states = history.downClosedSets();
    Set<String> truth = states.get(random.nextInt(states.size()));
    Set<String> there = history.leaves(truth);
    var diagnosis =
        history.world.catalog(String.join(" ", there) + " someone_elses").ledger("r0").diagnose();
    TrueState state = diagnosis.trueState().orElseThrow();
    Set<String> lower = history.closure(new HashSet<>(state.lower()));
    Set<String> upper = history.closure(new HashSet<>(state.upper()));
    assertThat(history.leaves(lower)).isEqualTo(there);
    assertThat(history.leaves(upper)).isEqualTo(there);
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (Set<String> members : states) {
      if (history.leaves(members).equals(there)) {
        smallest = Math.min(smallest, members.size());
        largest = Math.max(largest, members.size());
      }
    }
    assertThat(state.exact()).isEqualTo(lower.equals(upper));
    if (smallest == largest) {
      assertThat(lower).as("the only state").isEqualTo(truth);
    }
    assertThat(lower.size()).isGreaterThanOrEqualTo(smallest).isLessThanOrEqualTo(truth.size());
    assertThat(upper.size()).isLessThanOrEqualTo(largest).isGreaterThanOrEqualTo(truth.size());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatTheLedgerTellsTrulyIsNeverAFinding(int seed) {
    var random = new Random(seed);
    var history = new History(random);
    List<Set<String>> states = history.downClosedSets();
    Set<String> truth = states.get(random.nextInt(states.size()));
    var diagnosis =
        history
            .world
            .catalog(String.join(" ", history.leaves(truth)))
            .ledger(String.join(" ", history.world.graph().headsOf(truth)))
            .diagnose();
    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .isEmpty();
    assertThat(diagnosis.verdict())
        .isEqualTo(truth.size() == history.ids.size() ? Verdict.CONSISTENT : Verdict.BEHIND);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noStateIsNamedWhenNoneExplainsTheCatalog(int seed) {
    var random = new Random(seed);
    var history = new History(random);
    var there = new TreeSet<String>();
    for (int i = 0; i < 6; i++) {
      if (random.nextBoolean()) {
        there.add("t" + i);
        there.add("t" + i + ".id");
      }
    }
    var owned = new HashSet<String>();
    history.effects.values().forEach(words -> words.forEach(word -> owned.add(word.substring(1))));
    there.retainAll(owned);
    boolean explained =
        history.downClosedSets().stream().anyMatch(set -> history.leaves(set).equals(there));
    var diagnosis = history.world.catalog(String.join(" ", there)).ledger("r0").diagnose();
    assertThat(diagnosis.trueState().isPresent()).isEqualTo(explained);
  }
}
