package dev.stampguard.catalog;

import java.util.Optional;

/**
 * What an object is read together with: its relation, or itself when it is a type, a sequence or a
 * function. Schemas and extensions have none and are always read.
 *
 * @param name the relation's, type's, sequence's or function's: PostgreSQL lets no two of the first
 *     three have the same
 * @param arguments of a function
 */
record CatalogRoot(QualifiedName name, Optional<String> arguments) {
  static Optional<CatalogRoot> of(CatalogObject object) {
    ObjectName name = object.name();
    return switch (name.kind()) {
      case SCHEMA, EXTENSION -> Optional.empty();
      case FUNCTION -> Optional.of(new CatalogRoot(qualified(name), Optional.of(name.arguments())));
      case TYPE, SEQUENCE, TABLE, VIEW, MATERIALIZED_VIEW ->
          Optional.of(new CatalogRoot(qualified(name), Optional.empty()));
      case COLUMN, CONSTRAINT, INDEX, TRIGGER, POLICY ->
          object.relation().map(relation -> new CatalogRoot(relation, Optional.empty()));
    };
  }

  private static QualifiedName qualified(ObjectName name) {
    return new QualifiedName(name.parts().getFirst(), name.simpleName());
  }
}
