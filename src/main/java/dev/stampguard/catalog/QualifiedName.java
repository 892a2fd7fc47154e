package dev.stampguard.catalog;

import java.util.Objects;

/** A schema and a name in it, unquoted as the catalog holds them; prints itself quoted. */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
  public QualifiedName {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(name);
  }

  @Override
  public int compareTo(QualifiedName other) {
    int order = schema.compareTo(other.schema);
    return order == 0 ? name.compareTo(other.name) : order;
  }

  /** Written out, as {@link #hashCode()} is: each object of a catalog looks up its relation. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof QualifiedName that
            && name.equals(that.name)
            && schema.equals(that.schema));
  }

  @Override
  public int hashCode() {
    return schema.hashCode() * 31 + name.hashCode();
  }

  /** {@code schema.name} with each part quoted where SQL needs it. */
  @Override
  public String toString() {
    return Identifiers.quote(schema) + "." + Identifiers.quote(name);
  }
}
