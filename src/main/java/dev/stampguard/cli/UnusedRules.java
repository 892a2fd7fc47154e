package dev.stampguard.cli;

import dev.stampguard.diagnosis.Diagnosis;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rules that accept drift which none of many databases has. */
final class UnusedRules {
  private Set<String> places;

  /** Takes one more database into account. */
  void add(Diagnosis diagnosis) {
    if (places == null) {
      places = new LinkedHashSet<>(diagnosis.unusedAcceptances());
    } else {
      places.retainAll(diagnosis.unusedAcceptances());
    }
  }

  /** Where they stand. */
  List<String> places() {
    return places == null ? List.of() : List.copyOf(places);
  }
}
