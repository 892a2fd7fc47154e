package dev.stampguard.repair.graft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Statements that follow each other, and the steps that must come before them. */
final class Step {
  private final long place;
  private final List<GraftStatement> statements;
  private final Set<Step> before = new LinkedHashSet<>();

  /**
   * @param place where it belongs as long as nothing else says so; no two steps have the same
   */
  Step(long place, List<GraftStatement> statements) {
    this.place = place;
    this.statements = List.copyOf(statements);
  }

  List<GraftStatement> statements() {
    return statements;
  }

  /** Comes after another one. */
  void after(Step other) {
    if (other != this) {
      before.add(Objects.requireNonNull(other));
    }
  }

  /**
   * Puts steps in order: each after those it must come after, else by place. Where steps wait for
   * one another, places decide: what is left of a circle runs as {@code pg_dump} would have it.
   */
  static List<Step> order(Collection<Step> steps) {
    var byPlace = Comparator.comparingLong((Step step) -> step.place);
    var open = new TreeSet<>(byPlace);
    open.addAll(steps);
    var waits = new HashMap<Step, Integer>();
    var followers = new HashMap<Step, List<Step>>();
    var ready = new TreeSet<>(byPlace);
    for (Step step : steps) {
      List<Step> first = step.before.stream().filter(open::contains).toList();
      first.forEach(other -> followers.computeIfAbsent(other, s -> new ArrayList<>()).add(step));
      waits.put(step, first.size());
      if (first.isEmpty()) {
        ready.add(step);
      }
    }
    var ordered = new ArrayList<Step>();
    while (!open.isEmpty()) {
      Step next = ready.isEmpty() ? open.first() : ready.first();
      open.remove(next);
      ready.remove(next);
      ordered.add(next);
      for (Step follower : followers.getOrDefault(next, List.of())) {
        if (waits.merge(follower, -1, Integer::sum) == 0 && open.contains(follower)) {
          ready.add(follower);
        }
      }
    }
    return ordered;
  }
}
