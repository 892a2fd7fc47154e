package dev.stampguard.repair.graft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Types that only grow: the values of an enum, the parts of a composite type. */
final class Growth {
  private Growth() {}

  /** Adds what a composite type lacks behind what it has. */
  static Alteration ofAttributes(List<Trait> wanted, List<Trait> present) {
    List<Trait> here = sorted(wanted, TraitKind.ATTRIBUTE);
    List<Trait> there = sorted(present, TraitKind.ATTRIBUTE);
    if (there.size() > here.size()
        || !values(here.subList(0, there.size())).equals(values(there))) {
      return new Alteration(
          List.of(), Optional.of("its attributes differ in more than further ones"));
    }
    return new Alteration(
        here.subList(there.size(), here.size()).stream()
            .map(
                trait ->
                    new Alteration.Change(trait, trait.make().orElseThrow(), trait.take(), false))
            .toList(),
        Optional.empty());
  }

  /** Adds the values an enum lacks, each where it belongs. */
  static Alteration ofLabels(List<Trait> wanted, List<Trait> present) {
    List<Trait> here = sorted(wanted, TraitKind.LABEL);
    List<String> there = values(sorted(present, TraitKind.LABEL));
    List<String> known = values(here).stream().filter(there::contains).toList();
    if (!known.equals(there)) {
      return new Alteration(
          List.of(),
          Optional.of(
              new HashSet<>(known).containsAll(there)
                  ? "its values are in another order"
                  : "it has values that cannot be taken away"));
    }
    var changes = new ArrayList<Alteration.Change>();
    String place = known.isEmpty() ? "" : " BEFORE " + known.getFirst();
    for (Trait label : here) {
      if (!there.contains(label.value())) {
        // Nothing takes a value of an enum away again.
        changes.add(
            new Alteration.Change(
                label, label.make().orElseThrow() + place, Optional.empty(), false));
      }
      place = " AFTER " + label.value();
    }
    return new Alteration(changes, Optional.empty());
  }

  private static List<Trait> sorted(List<Trait> traits, TraitKind kind) {
    return traits.stream()
        .filter(trait -> trait.kind() == kind)
        .sorted(Comparator.comparing(Trait::detail))
        .toList();
  }

  private static List<String> values(List<Trait> traits) {
    return traits.stream().map(Trait::value).toList();
  }
}
