package dev.stampguard.catalog;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the result set of {@code catalog-definitions.sql}. */
final class CatalogDefinitions {
  private static final Map<String, ObjectKind> KINDS =
      Arrays.stream(ObjectKind.values())
          .collect(Collectors.toUnmodifiableMap(ObjectKind::label, Function.identity()));

  private final PostgresConnection connection;
  private final TreeMap<ObjectName, CatalogObject> objects = new TreeMap<>();
  private final Set<ObjectName> invalidIndexes = new HashSet<>();
  private final Map<QualifiedName, Optional<QualifiedName>> relations = new HashMap<>();

  private CatalogDefinitions(PostgresConnection connection) {
    this.connection = connection;
  }

  static CatalogSnapshot read(ResultSet rows, PostgresConnection connection) throws SQLException {
    var definitions = new CatalogDefinitions(connection);
    while (rows.next()) {
      definitions.add(rows);
    }
    return new CatalogSnapshot(
        connection.serverVersion(), definitions.objects, definitions.invalidIndexes);
  }

  private void add(ResultSet rows) throws SQLException {
    ObjectKind kind = KINDS.get(rows.getString(1));
    String schema = rows.getString(2);
    String relation = rows.getString(3);
    String own = rows.getString(4);
    ObjectName name = ObjectName.fromCatalog(kind, schema, relation, own, rows.getString(5));
    objects.put(
        name,
        new CatalogObject(
            name,
            relation(schema, relation),
            canonical(name, rows.getString(7), rows.getString(8))));
    if (rows.getBoolean(6)) {
      invalidIndexes.add(name);
    }
  }

  /** One instance per relation: a large catalog names each many times. */
  private Optional<QualifiedName> relation(String schema, String relation) {
    return relation == null
        ? Optional.empty()
        : relations.computeIfAbsent(new QualifiedName(schema, relation), Optional::of);
  }

  private Definition canonical(ObjectName name, String text, String body) {
    // A function's text is its author's, who may write ??? in it.
    boolean gone =
        text == null
            || (name.kind() != ObjectKind.FUNCTION && CanonicalText.namesSomethingGone(text));
    if (gone || missesBody(name, body)) {
      throw StampguardException.passing(
          ExitCode.REFUSED,
          "the schema of `%s` is changing: `%s` went away while it was read"
              .formatted(connection.target().database(), name),
          "wait for the migration to end with `--wait 30s`");
    }
    return new Definition.Canonical(
        name.kind() == ObjectKind.FUNCTION
            ? CanonicalText.ofFunction(text)
            : CanonicalText.of(text),
        Optional.ofNullable(body)
            .map(b -> new Definition.Body(connection.serverMajor(), CanonicalText.of(b))));
  }

  private static boolean missesBody(ObjectName name, String body) {
    return body == null
        && (name.kind() == ObjectKind.VIEW || name.kind() == ObjectKind.MATERIALIZED_VIEW);
  }
}
