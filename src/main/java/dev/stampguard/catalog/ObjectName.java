package dev.stampguard.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The name of one catalog object as the contract writes it, for example {@code column
 * public.users.email} or {@code function public.f(integer)}.
 *
 * <p>No record: a check of many tables looks up many names, so each knows its hash and has its
 * parts at hand.
 */
public final class ObjectName implements Comparable<ObjectName> {
  private final ObjectKind kind;

  /** The last two are {@code null} where a kind has no use for them. */
  private final String first;

  private final String second;
  private final String third;
  private final String arguments;
  private final int hash;

  /**
   * A name.
   *
   * @param kind what it is
   * @param parts the unquoted parts: {@code [name]} for schemas and extensions, {@code [schema,
   *     relation, name]} for columns, constraints, triggers and policies, {@code [schema, name]}
   *     for the rest (an index is named by its own schema and name, not by its table)
   * @param arguments the argument types of a function, as {@code
   *     pg_get_function_identity_arguments} without names; empty for every other kind
   */
  public ObjectName(ObjectKind kind, List<String> parts, String arguments) {
    this.kind = Objects.requireNonNull(kind);
    this.arguments = Objects.requireNonNull(arguments);
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
    this.first = Objects.requireNonNull(parts.getFirst());
    this.second = expected > 1 ? Objects.requireNonNull(parts.get(1)) : null;
    this.third = expected > 2 ? Objects.requireNonNull(parts.get(2)) : null;
    this.hash =
        31
                * (31
                        * (31 * (31 * kind.label().hashCode() + first.hashCode())
                            + Objects.hashCode(second))
                    + Objects.hashCode(third))
            + arguments.hashCode();
  }

  /** What it is. */
  public ObjectKind kind() {
    return kind;
  }

  /** The unquoted parts, as {@link #ObjectName} takes them. */
  public List<String> parts() {
    if (second == null) {
      return List.of(first);
    }
    return third == null ? List.of(first, second) : List.of(first, second, third);
  }

  /** The argument types of a function; empty for every other kind. */
  public String arguments() {
    return arguments;
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
    return relation.orElseGet(() -> new QualifiedName(first, second == null ? "" : second));
  }

  /** The unquoted last part: a column's own name, a table's own name. */
  public String simpleName() {
    if (second == null) {
      return first;
    }
    return third == null ? second : third;
  }

  /** The name without the kind, each part quoted where SQL needs it. */
  public String qualified() {
    String joined = parts().stream().map(Identifiers::quote).collect(Collectors.joining("."));
    return kind == ObjectKind.FUNCTION ? joined + "(" + arguments + ")" : joined;
  }

  /**
   * By kind, then by unquoted parts: quoting each name at each comparison makes a large catalog
   * slow to sort.
   */
  @Override
  public int compareTo(ObjectName other) {
    int order = kind.compareTo(other.kind);
    if (order == 0) {
      order = first.compareTo(other.first);
    }
    // Names of one kind have equally many parts.
    if (order == 0 && second != null) {
      order = second.compareTo(other.second);
    }
    if (order == 0 && third != null) {
      order = third.compareTo(other.third);
    }
    return order == 0 ? arguments.compareTo(other.arguments) : order;
  }

  /** The last part tells most names apart. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ObjectName that
            && hash == that.hash
            && kind == that.kind
            && Objects.equals(third, that.third)
            && Objects.equals(second, that.second)
            && first.equals(that.first)
            && arguments.equals(that.arguments));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** {@code kind name}, the contract's spelling. */
  @Override
  public String toString() {
    return kind.label() + " " + qualified();
  }
}
