package dev.stampguard.catalog;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what is physically in a database, in one round trip. */
public final class CatalogReader {
  private static final Map<String, ObjectKind> KINDS =
      Arrays.stream(ObjectKind.values())
          .collect(Collectors.toUnmodifiableMap(ObjectKind::label, Function.identity()));

  private final PostgresConnection connection;
  private final CatalogDepth depth;
  private final Map<ObjectName, CatalogObject> objects = new HashMap<>();
  private final Set<ObjectName> invalidIndexes = new HashSet<>();
  private final Map<QualifiedName, Optional<QualifiedName>> relations = new HashMap<>();

  private CatalogReader(PostgresConnection connection, CatalogDepth depth) {
    this.connection = connection;
    this.depth = depth;
  }

  /**
   * Reads the catalog.
   *
   * @throws StampguardException (refused, passing) when the schema is changing at this moment or,
   *     at {@link CatalogDepth#DEFINITIONS}, another session's lock is in the way
   */
  public static CatalogSnapshot read(ReadOnlyTransaction transaction, CatalogDepth depth) {
    return transaction.run(query(transaction.connection(), depth));
  }

  /** The same as a query, to travel in one message with others. */
  public static Query<CatalogSnapshot> query(PostgresConnection connection, CatalogDepth depth) {
    return Query.of(
        SqlResource.read(depth.resource()),
        List.of(),
        rows -> new CatalogReader(connection, depth).snapshot(rows));
  }

  /** Reads the rows of {@code catalog-definitions.sql}, all of them or some. */
  static CatalogSnapshot definitions(PostgresConnection connection, ResultSet rows)
      throws SQLException {
    return new CatalogReader(connection, CatalogDepth.DEFINITIONS).snapshot(rows);
  }

  private CatalogSnapshot snapshot(ResultSet rows) throws SQLException {
    while (rows.next()) {
      add(rows);
    }
    return new CatalogSnapshot(connection.serverVersion(), new TreeMap<>(objects), invalidIndexes);
  }

  private void add(ResultSet rows) throws SQLException {
    ObjectKind kind = KINDS.get(rows.getString(1));
    String schema = rows.getString(2);
    String relation = rows.getString(3);
    String own = rows.getString(4);
    ObjectName name =
        switch (kind) {
          case SCHEMA, EXTENSION -> ObjectName.of(kind, own);
          case TYPE, SEQUENCE, TABLE, INDEX, VIEW, MATERIALIZED_VIEW ->
              ObjectName.of(kind, schema, own);
          case COLUMN, CONSTRAINT, TRIGGER, POLICY -> ObjectName.of(kind, schema, relation, own);
          case FUNCTION -> ObjectName.function(schema, own, rows.getString(5));
        };
    objects.put(name, new CatalogObject(name, relation(schema, relation), definition(name, rows)));
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

  private Definition definition(ObjectName name, ResultSet rows) throws SQLException {
    return switch (depth) {
      case NAMES -> Definition.EXISTS;
      case DEFINITIONS -> canonical(name, rows.getString(7), rows.getString(8));
    };
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
        name.kind() == ObjectKind.FUNCTION ? text : CanonicalText.of(text),
        Optional.ofNullable(body)
            .map(b -> new Definition.Body(connection.serverMajor(), CanonicalText.of(b))));
  }

  private static boolean missesBody(ObjectName name, String body) {
    return body == null
        && (name.kind() == ObjectKind.VIEW || name.kind() == ObjectKind.MATERIALIZED_VIEW);
  }
}
