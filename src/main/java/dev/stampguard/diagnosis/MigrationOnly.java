package dev.stampguard.diagnosis;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import java.util.regex.Pattern;

/** Tells what only migrations create from what a model's metadata creates as well. */
final class MigrationOnly {
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'");

  private MigrationOnly() {}

  /**
   * Whether tables created from models would lack this object. A type counts, because no column
   * that is there can be of a type that is not; an index only when its definition is known.
   */
  static boolean is(ObjectName object, Definition definition) {
    return switch (object.kind()) {
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, VIEW, MATERIALIZED_VIEW, FUNCTION, TRIGGER, POLICY ->
          true;
      case TABLE, COLUMN -> false;
      case CONSTRAINT -> definition.text().startsWith("EXCLUDE");
      case INDEX -> isPartialOrOnExpressions(definition.text());
    };
  }

  /** Of {@code CREATE INDEX … USING method (…) …}, as PostgreSQL prints it. */
  private static boolean isPartialOrOnExpressions(String definition) {
    String text = QUOTED.matcher(definition).replaceAll("x");
    int using = text.indexOf(" USING ");
    if (using < 0) {
      return false;
    }
    String columns = text.substring(text.indexOf('(', using) + 1);
    int end = columns.indexOf(')');
    int inner = columns.indexOf('(');
    return (inner >= 0 && inner < end) || columns.contains(" WHERE ");
  }
}
