package dev.stampguard.tool;

import dev.stampguard.catalog.ObjectKind;
import java.util.Objects;
import java.util.Optional;

/**
 * Something a statement did not find, as the server names it.
 *
 * @param kind what it should be; a table also stands for a view or a sequence
 * @param name its name, with its schema when the statement said one, and with the argument types of
 *     a function
 * @param relation the table it should be in, where the server says so
 */
public record MissingObject(ObjectKind kind, String name, Optional<String> relation) {
  public MissingObject {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
    Objects.requireNonNull(relation);
  }

  /** Whether it is a relation. */
  public boolean isRelation() {
    return kind == ObjectKind.TABLE;
  }
}
