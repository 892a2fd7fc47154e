package dev.stampguard.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/** Puts revisions in order and names what keeps them from being one history. */
final class RevisionGraphBuilder {
  /**
   * Oldest first among revisions that are ready; create dates are ISO-like text and sort as such.
   */
  private static final Comparator<Revision> AGE =
      Comparator.comparing(Revision::isRepeatable)
          .thenComparing((Revision revision) -> revision.created().orElse(""))
          .thenComparing(Revision::id);

  private final Map<String, Revision> byId = new TreeMap<>();
  private final List<GraphProblem> problems;

  RevisionGraphBuilder(Collection<Revision> found, List<GraphProblem> known) {
    this.problems = new ArrayList<>(known);
    found.stream()
        .sorted(Comparator.comparing(Revision::file).thenComparing(Revision::line))
        .forEach(this::add);
  }

  private void add(Revision revision) {
    Revision first = byId.putIfAbsent(revision.id(), revision);
    if (first != null) {
      problems.add(
          new GraphProblem(
              GraphProblem.Kind.DUPLICATE_ID,
              "revision `%s` is also defined in `%s`".formatted(revision.id(), first.file()),
              revision.file(),
              revision.line(),
              List.of(revision.id())));
    }
  }

  RevisionGraph build() {
    byId.values().forEach(this::nameMissingParents);
    var waitsFor = new HashMap<String, Set<String>>();
    var unblocks = new HashMap<String, List<String>>();
    for (Revision revision : byId.values()) {
      Set<String> needed = needs(revision);
      waitsFor.put(revision.id(), needed);
      needed.forEach(
          id -> unblocks.computeIfAbsent(id, key -> new ArrayList<>()).add(revision.id()));
    }
    var ready = new PriorityQueue<Revision>(AGE);
    byId.values().stream().filter(r -> waitsFor.get(r.id()).isEmpty()).forEach(ready::add);
    var ordered = new LinkedHashMap<String, Revision>();
    while (!ready.isEmpty()) {
      Revision next = ready.remove();
      ordered.put(next.id(), next);
      for (String id : unblocks.getOrDefault(next.id(), List.of())) {
        Set<String> open = waitsFor.get(id);
        if (open.remove(next.id()) && open.isEmpty()) {
          ready.add(byId.get(id));
        }
      }
    }
    nameCycles(ordered.keySet());
    return RevisionGraph.ordered(ordered, byId.keySet(), problems);
  }

  private Set<String> needs(Revision revision) {
    var needed = new LinkedHashSet<String>(revision.parents());
    needed.addAll(revision.dependsOn());
    needed.retainAll(byId.keySet());
    return needed;
  }

  private void nameMissingParents(Revision revision) {
    var unknown = new LinkedHashSet<String>(revision.parents());
    unknown.addAll(revision.dependsOn());
    unknown.removeAll(byId.keySet());
    for (String id : unknown) {
      problems.add(
          new GraphProblem(
              GraphProblem.Kind.MISSING_PARENT,
              "revision `%s` needs `%s`, which no script defines".formatted(revision.id(), id),
              revision.file(),
              revision.line(),
              List.of(revision.id())));
    }
  }

  /**
   * What could not be ordered is on a cycle or behind one; only the cycles themselves are named.
   */
  private void nameCycles(Set<String> ordered) {
    var left = new HashSet<>(byId.keySet());
    left.removeAll(ordered);
    for (Revision revision : byId.values()) {
      if (!left.contains(revision.id())) {
        continue;
      }
      List<String> cycle = walkToCycle(revision.id(), left);
      Revision first = byId.get(cycle.getFirst());
      problems.add(
          new GraphProblem(
              GraphProblem.Kind.CYCLE,
              "revisions `%s` form a cycle".formatted(String.join("` -> `", cycle)),
              first.file(),
              first.line(),
              cycle));
      left.removeAll(cycle);
      dropBehind(left);
    }
  }

  private List<String> walkToCycle(String from, Set<String> within) {
    var path = new ArrayList<String>();
    String at = from;
    while (!path.contains(at)) {
      path.add(at);
      at = needs(byId.get(at)).stream().filter(within::contains).findFirst().orElseThrow();
    }
    return List.copyOf(path.subList(path.indexOf(at), path.size()));
  }

  /** Takes out what no longer waits for anything left: it was only behind a cycle already named. */
  private void dropBehind(Set<String> left) {
    while (left.removeIf(id -> needs(byId.get(id)).stream().noneMatch(left::contains))) {
      // again: each removal may free others
    }
  }
}
