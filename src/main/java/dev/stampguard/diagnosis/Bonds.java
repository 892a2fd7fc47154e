package dev.stampguard.diagnosis;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What cannot be there because something else is missing: an index or a constraint without one of
 * its columns, a foreign key without what it refers to. PostgreSQL takes them away together, so
 * that one loss is one cause. Only definitions tell; of what is known by name alone nothing is
 * said.
 */
final class Bonds {
  private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
  private static final String USING = " USING ";
  private static final String REFERENCES = " REFERENCES ";
  private static final Pattern REFERENCE =
      Pattern.compile(REFERENCES + "((?:[^\"(]|\"[^\"]*\")+)\\(");

  /** Tables that are missing, as they print, and who owes them. */
  private final Map<String, String> tables = new HashMap<>();

  /** Columns that are missing, by table as it prints and by name, and who owes them. */
  private final Map<String, Map<String, String>> columns = new HashMap<>();

  /** Takes down what should be there and is not; only tables and columns carry others. */
  void miss(ObjectName object, String owner) {
    if (object.kind() == ObjectKind.TABLE) {
      tables.put(relation(object), owner);
    } else if (object.kind() == ObjectKind.COLUMN) {
      columns
          .computeIfAbsent(relation(object), table -> new TreeMap<>())
          .put(object.simpleName(), owner);
    }
  }

  private static String relation(ObjectName object) {
    return new QualifiedName(object.parts().get(0), object.parts().get(1)).toString();
  }

  /** The revision that owes what an object needs to be there; empty when none of it is missing. */
  Optional<String> owner(Effect effect) {
    if (effect.relation().isEmpty() || (tables.isEmpty() && columns.isEmpty())) {
      return Optional.empty();
    }
    String relation = effect.relation().get().toString();
    String text =
        LITERAL
            .matcher(effect.after().or(effect::before).map(Definition::text).orElse(""))
            .replaceAll("''");
    return switch (effect.object().kind()) {
      case INDEX -> owner(relation, from(text, USING)).findFirst();
      case CONSTRAINT -> {
        String reference = from(text, REFERENCES);
        String own = text.substring(0, text.length() - reference.length());
        yield Stream.concat(owner(relation, own), referred(reference)).findFirst();
      }
      case SCHEMA,
          EXTENSION,
          TYPE,
          SEQUENCE,
          TABLE,
          COLUMN,
          VIEW,
          MATERIALIZED_VIEW,
          FUNCTION,
          TRIGGER,
          POLICY ->
          Optional.empty();
    };
  }

  /** What follows a word, and the word; nothing when it is not there. */
  private static String from(String text, String word) {
    int at = text.indexOf(word);
    return at < 0 ? "" : text.substring(at);
  }

  private Stream<String> owner(String table, String text) {
    return columns.getOrDefault(table, Map.of()).entrySet().stream()
        .filter(column -> mentions(text, Identifiers.quote(column.getKey())))
        .map(Map.Entry::getValue);
  }

  /**
   * @param reference {@code REFERENCES schema.table(columns)} and what follows; or nothing
   */
  private Stream<String> referred(String reference) {
    Matcher parts = REFERENCE.matcher(reference);
    if (!parts.lookingAt()) {
      return Stream.empty();
    }
    String table = parts.group(1);
    return Stream.concat(
        Stream.ofNullable(tables.get(table)), owner(table, reference.substring(parts.end())));
  }

  /** Whether a name is in it, and is neither the name of a function nor that of a type. */
  private static boolean mentions(String text, String name) {
    return text.contains(name)
        && Pattern.compile("(?<![\\w$\":])" + Pattern.quote(name) + "(?![\\w$\"(])")
            .matcher(text)
            .find();
  }
}
