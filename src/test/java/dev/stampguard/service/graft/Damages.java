package dev.stampguard.service.graft;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;

/** Ways to damage a schema. */
final class Damages {
  private Damages() {}

  /** A statement for each object that drops it and what needs it; some PostgreSQL refuses. */
  static List<String> drops(CatalogSnapshot snapshot) {
    return snapshot.objects().keySet().stream().map(name -> drop(name, snapshot)).toList();
  }

  static String drop(ObjectName name, CatalogSnapshot snapshot) {
    return switch (name.kind()) {
      case SCHEMA -> "DROP SCHEMA %s CASCADE".formatted(name.qualified());
      case EXTENSION -> "DROP EXTENSION %s CASCADE".formatted(name.qualified());
      case TYPE -> "DROP TYPE %s CASCADE".formatted(name.qualified());
      case SEQUENCE -> "DROP SEQUENCE %s CASCADE".formatted(name.qualified());
      case TABLE ->
          "DROP %sTABLE %s CASCADE"
              .formatted(
                  snapshot.find(name).orElseThrow().text().contains("foreign table")
                      ? "FOREIGN "
                      : "",
                  name.qualified());
      case VIEW -> "DROP VIEW %s CASCADE".formatted(name.qualified());
      case MATERIALIZED_VIEW -> "DROP MATERIALIZED VIEW %s CASCADE".formatted(name.qualified());
      case INDEX -> "DROP INDEX %s CASCADE".formatted(name.qualified());
      case FUNCTION -> "DROP ROUTINE %s CASCADE".formatted(name.qualified());
      case COLUMN -> "ALTER TABLE %s DROP COLUMN %s CASCADE".formatted(table(name), own(name));
      case CONSTRAINT ->
          "ALTER TABLE %s DROP CONSTRAINT %s CASCADE".formatted(table(name), own(name));
      case TRIGGER -> "DROP TRIGGER %s ON %s CASCADE".formatted(own(name), table(name));
      case POLICY -> "DROP POLICY %s ON %s".formatted(own(name), table(name));
    };
  }

  static QualifiedName table(ObjectName name) {
    return new QualifiedName(name.parts().get(0), name.parts().get(1));
  }

  private static String own(ObjectName name) {
    return Identifiers.quote(name.simpleName());
  }
}
