package dev.stampguard.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The name of one catalog object as the contract writes it, for example {@code column
 * public.users.email} or {@code function public.f(integer)}.
 *
 * @param kind what it is
 * @param parts the unquoted parts: {@code [name]} for schemas and extensions, {@code [schema,
 *     relation, name]} for columns, constraints, triggers and policies, {@code [schema, name]} for
 *     the rest (an index is named by its own schema and name, not by its table)
 * @param arguments the argument types of a function, as {@code pg_get_function_identity_arguments}
 *     without names; empty for every other kind
 */
public record ObjectName(ObjectKind kind, List<String> parts, String arguments)
    implements Comparable<ObjectName> {
  public ObjectName {
    Objects.requireNonNull(kind);
    parts = List.copyOf(parts);
    Objects.requireNonNull(arguments);
    int expected =
        switch (kind) {
          case SCHEMA, EXTENSION -> 1;
          case TYPE, SEQUENCE, TABLE, INDEX, VIEW, MATERIALIZED_VIEW, FUNCTION -> 2;
          case COLUMN, CONSTRAINT, TRIGGER, POLICY -> 3;
        };
    if (parts.size() != expected) {
      throw new IllegalArgumentException(
          kind.label() + " takes " + expected + " name parts, got " + parts);
    }
  }

  /** An object of any kind but function. */
  public static ObjectName of(ObjectKind kind, String... parts) {
    return new ObjectName(kind, List.of(parts), "");
  }

  /** A relation, type, sequence or index by its qualified name. */
  public static ObjectName of(ObjectKind kind, QualifiedName name) {
    return of(kind, name.schema(), name.name());
  }

  /** A column, constraint, trigger or policy of {@code relation}. */
  public static ObjectName inside(ObjectKind kind, QualifiedName relation, String name) {
    return of(kind, relation.schema(), relation.name(), name);
  }

  /** A function or procedure; {@code arguments} holds its argument types only. */
  public static ObjectName function(String schema, String name, String arguments) {
    return new ObjectName(ObjectKind.FUNCTION, List.of(schema, name), arguments);
  }

  /**
   * A name from its parts, of which a kind has no use for some.
   *
   * @param schema unused, and may be null, for schemas and extensions
   * @param relation the table or view of what lives in one; an index is not named by it
   * @param own the object's own name
   * @param arguments the argument types of a function; may be null for every other kind
   */
  public static ObjectName fromCatalog(
      ObjectKind kind, String schema, String relation, String own, String arguments) {
    return switch (kind) {
      case SCHEMA, EXTENSION -> of(kind, own);
      case TYPE, SEQUENCE, TABLE, INDEX, VIEW, MATERIALIZED_VIEW -> of(kind, schema, own);
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> of(kind, schema, relation, own);
      case FUNCTION -> function(schema, own, arguments);
    };
  }

  /**
   * The relation it lives in or, where it stands alone, its own name.
   *
   * @param relation of what lives in one
   */
  public QualifiedName home(Optional<QualifiedName> relation) {
    return relation.orElseGet(
        () -> new QualifiedName(parts.getFirst(), parts.size() == 1 ? "" : parts.get(1)));
  }

  /** The unquoted last part: a column's own name, a table's own name. */
  public String simpleName() {
    return parts.getLast();
  }

  /** The name without the kind, each part quoted where SQL needs it. */
  public String qualified() {
    String joined = parts.stream().map(Identifiers::quote).collect(Collectors.joining("."));
    return kind == ObjectKind.FUNCTION ? joined + "(" + arguments + ")" : joined;
  }

  /**
   * By kind, then by unquoted parts: quoting each name at each comparison makes a large catalog
   * slow to sort. Written out because a third of a check of 10,000 tables goes by in here.
   */
  @Override
  public int compareTo(ObjectName other) {
    int order = kind.compareTo(other.kind);
    // Names of one kind have equally many parts.
    for (int i = 0; order == 0 && i < parts.size(); i++) {
      order = parts.get(i).compareTo(other.parts.get(i));
    }
    return order == 0 ? arguments.compareTo(other.arguments) : order;
  }

  /**
   * Written out, as {@link #hashCode()} is, and without the list's iterator: a check of many tables
   * looks up many names. The last part tells most names apart.
   */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof ObjectName that) || kind != that.kind) {
      return false;
    }
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (!parts.get(i).equals(that.parts.get(i))) {
        return false;
      }
    }
    return arguments.equals(that.arguments);
  }

  @Override
  public int hashCode() {
    int hash = kind.hashCode();
    for (int i = 0; i < parts.size(); i++) {
      hash = hash * 31 + parts.get(i).hashCode();
    }
    return hash * 31 + arguments.hashCode();
  }

  /** {@code kind name}, the contract's spelling. */
  @Override
  public String toString() {
    return kind.label() + " " + qualified();
  }
}
