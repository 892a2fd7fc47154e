package dev.stampguard.catalog;

import java.util.Comparator;
import java.util.Objects;

/** A schema and a name in it, unquoted as the catalog holds them; prints itself quoted. */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
  private static final Comparator<QualifiedName> ORDER =
      Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name);

  public QualifiedName {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(name);
  }

  @Override
  public int compareTo(QualifiedName other) {
    return ORDER.compare(this, other);
  }

  /** {@code schema.name} with each part quoted where SQL needs it. */
  @Override
  public String toString() {
    return Identifiers.quote(schema) + "." + Identifiers.quote(name);
  }
}
