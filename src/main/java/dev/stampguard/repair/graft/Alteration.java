package dev.stampguard.repair.graft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an existing object becomes like another, trait by trait.
 *
 * @param changes what to run, in order; not enough where something is impossible
 * @param impossible what no statement can change about it, one sentence without a full stop; empty
 *     when the changes do it
 */
record Alteration(List<Change> changes, Optional<String> impossible) {
  Alteration {
    changes = List.copyOf(changes);
    Objects.requireNonNull(impossible);
  }

  /**
   * One statement.
   *
   * @param trait the trait it is about
   * @param inverse the statement that takes it back; empty when nothing does
   * @param rewrites whether it writes the table anew
   */
  record Change(Trait trait, String sql, Optional<String> inverse, boolean rewrites) {
    TraitKind kind() {
      return trait.kind();
    }
  }

  private static final Comparator<Trait.Key> ORDER =
      Comparator.comparing(Trait.Key::kind).thenComparing(Trait.Key::detail);

  /**
   * Compares.
   *
   * @param wanted the traits as they are to be
   * @param present the traits as they are
   */
  static Alteration between(List<Trait> wanted, List<Trait> present) {
    return new Comparison(wanted, present).compare();
  }

  /** Whether one of the changes is of this kind. */
  boolean changes(TraitKind kind) {
    return changes.stream().anyMatch(change -> change.kind() == kind);
  }

  private static final class Comparison {
    private final Map<Trait.Key, Trait> wanted;
    private final Map<Trait.Key, Trait> present;
    private final List<Trait> wantedList;
    private final List<Trait> presentList;
    private final List<Change> takes = new ArrayList<>();
    private final List<Change> makes = new ArrayList<>();
    private final Set<Trait.Key> taken = new HashSet<>();
    private Optional<String> impossible = Optional.empty();

    Comparison(List<Trait> wanted, List<Trait> present) {
      this.wantedList = wanted;
      this.presentList = present;
      this.wanted = byKey(wanted);
      this.present = byKey(present);
    }

    private static Map<Trait.Key, Trait> byKey(List<Trait> traits) {
      var byKey = new HashMap<Trait.Key, Trait>();
      traits.forEach(trait -> byKey.put(trait.key(), trait));
      return byKey;
    }

    Alteration compare() {
      fixed();
      var keys = new TreeSet<>(ORDER);
      keys.addAll(wanted.keySet());
      keys.addAll(present.keySet());
      // What stands on others is taken first and made last.
      keys.descendingSet().forEach(this::take);
      keys.forEach(this::make);
      var changes = new ArrayList<>(takes);
      changes.addAll(makes);
      return new Alteration(changes, impossible);
    }

    /** What only ever grows, or is another object otherwise. */
    private void fixed() {
      if (!values(wantedList, TraitKind.SIGNATURE).equals(values(presentList, TraitKind.SIGNATURE))
          || defaults(wantedList) < defaults(presentList)) {
        cannot("its arguments or its result differ");
      }
      String columns = String.join("", values(wantedList, TraitKind.VIEW_COLUMNS));
      if (!columns.startsWith(String.join("", values(presentList, TraitKind.VIEW_COLUMNS)))) {
        cannot("its columns differ in more than further ones");
      }
    }

    private static int defaults(List<Trait> traits) {
      return values(traits, TraitKind.DEFAULTS).stream().mapToInt(Integer::parseInt).sum();
    }

    private static List<String> values(List<Trait> traits, TraitKind kind) {
      return traits.stream()
          .filter(trait -> trait.kind() == kind)
          .sorted(Comparator.comparing(Trait::detail))
          .map(Trait::value)
          .toList();
    }

    private void take(Trait.Key key) {
      Trait there = present.get(key);
      Trait here = wanted.get(key);
      if (there == null || !key.kind().isCompared()) {
        return;
      }
      boolean goes = here == null && key.kind() != TraitKind.RULE_STATE;
      boolean gives = here != null && !isAlike(here, there) && here.change().isEmpty();
      // A default of one type may be none of another.
      boolean isInTheWay =
          key.kind() == TraitKind.DEFAULT && differs(new Trait.Key(TraitKind.TYPE, ""));
      if (goes || gives || isInTheWay) {
        if (there.take().isEmpty() || (gives && here.make().isEmpty())) {
          cannot("its %s differs".formatted(key.kind().told()));
        } else {
          takes.add(new Change(there, there.take().get(), there.make(), false));
          taken.add(key);
        }
      }
    }

    private void make(Trait.Key key) {
      Trait here = wanted.get(key);
      Trait there = taken.contains(key) ? null : present.get(key);
      if (here == null || !key.kind().isCompared() || isAlike(here, there)) {
        return;
      }
      boolean isNew = there == null;
      if (isNew && key.kind() == TraitKind.RULE_STATE && here.value().equals("O")) {
        return;
      }
      if (isNew && key.kind() == TraitKind.SEQUENCE && here.make().isEmpty()) {
        // Comes with the identity of its column.
        return;
      }
      Optional<String> sql = isNew ? here.make().or(here::change) : here.change();
      if (sql.isEmpty()) {
        cannot("its %s differs".formatted(key.kind().told()));
        return;
      }
      makes.add(new Change(here, sql.get(), isNew ? here.take() : there.change(), here.rewrites()));
    }

    private boolean differs(Trait.Key key) {
      return !isAlike(wanted.get(key), present.get(key));
    }

    /** A rule that is made anew is in the usual state. */
    private boolean isAlike(Trait here, Trait there) {
      if (here == null || there == null) {
        return here == null && there == null;
      }
      boolean isOfNewRule =
          here.kind() == TraitKind.RULE_STATE
              && taken.contains(new Trait.Key(TraitKind.RULE, here.detail()));
      return here.value().equals(isOfNewRule ? "O" : there.value());
    }

    private void cannot(String reason) {
      if (impossible.isEmpty()) {
        impossible = Optional.of(reason);
      }
    }
  }
}
