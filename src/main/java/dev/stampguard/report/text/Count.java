package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Words;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Objects counted by kind. */
final class Count {
  private Count() {}

  /** The kinds among some objects, for example {@code 16 tables, 4 columns and 1 index}. */
  static Phrase byKind(Collection<ObjectName> objects) {
    Map<ObjectKind, Long> kinds =
        objects.stream()
            .collect(Collectors.groupingBy(ObjectName::kind, TreeMap::new, Collectors.counting()));
    // Tables first: they are what people count.
    Function<ObjectKind, Phrase> words =
        kind -> Phrase.of(Role.EMPHASIS, of(kind, Math.toIntExact(kinds.get(kind))));
    return Phrase.and(
        kinds.keySet().stream()
            .sorted((a, b) -> Boolean.compare(b == ObjectKind.TABLE, a == ObjectKind.TABLE))
            .map(words)
            .toList());
  }

  private static String of(ObjectKind kind, int number) {
    return switch (kind) {
      case INDEX -> number + (number == 1 ? " index" : " indexes");
      case POLICY -> number + (number == 1 ? " policy" : " policies");
      case MATERIALIZED_VIEW -> Words.count(number, "materialized view");
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, TABLE, COLUMN, CONSTRAINT, VIEW, FUNCTION, TRIGGER ->
          Words.count(number, kind.label());
    };
  }
}
