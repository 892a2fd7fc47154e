package dev.stampguard.service.graft;

import dev.stampguard.catalog.CanonicalText;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.repair.graft.CatalogId;
import dev.stampguard.repair.graft.CatalogItem;
import dev.stampguard.repair.graft.CatalogLink;
import dev.stampguard.repair.graft.Inventory;
import dev.stampguard.repair.graft.Trait;
import dev.stampguard.repair.graft.TraitKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of the two databases of a graft, looked at in one transaction. */
final class Side implements AutoCloseable {
  private static final Map<String, ObjectKind> KINDS =
      Arrays.stream(ObjectKind.values())
          .collect(Collectors.toUnmodifiableMap(ObjectKind::label, Function.identity()));

  private final PostgresConnection connection;
  private final ReadOnlyTransaction transaction;

  Side(PostgresConnection connection) {
    this.connection = connection;
    this.transaction = connection.readOnly();
  }

  int major() {
    return connection.serverMajor();
  }

  <T> T run(Query<T> query) {
    return transaction.run(query);
  }

  Inventory inventory() {
    List<CatalogItem> items =
        run(Query.of(SqlResource.read("graft-objects"), rows -> all(rows, Side::item)));
    List<CatalogLink> links =
        run(Query.of(SqlResource.read("graft-links"), rows -> all(rows, Side::link)));
    return new Inventory(items, links);
  }

  /**
   * Traits of these objects, by the oid of each or of the relation it lives in.
   *
   * @param major the major of the server their statements are for
   */
  List<Trait> traits(Collection<Long> oids, int major) {
    String array = oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    return run(
        Query.of(
            Query.bind(SqlResource.read("graft-traits"), List.of(array, Integer.toString(major))),
            rows -> all(rows, Side::trait)));
  }

  /** Which of these tables have rows; a row that the role may not see is an error. */
  Set<QualifiedName> filled(Collection<QualifiedName> tables) {
    var filled = new HashSet<QualifiedName>();
    if (tables.isEmpty()) {
      return filled;
    }
    String one = SqlResource.read("graft-filled");
    run(
        new Query<>(
            tables.stream().map(one::formatted).collect(Collectors.joining(";\n")),
            results -> {
              for (QualifiedName table : tables) {
                ResultSet rows = results.next();
                rows.next();
                if (rows.getBoolean(1)) {
                  filled.add(table);
                }
              }
              return filled;
            }));
    return filled;
  }

  @Override
  public void close() {
    transaction.close();
    connection.close();
  }

  private interface Row<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private static <T> List<T> all(ResultSet rows, Row<T> row) throws SQLException {
    var all = new ArrayList<T>();
    while (rows.next()) {
      all.add(row.of(rows));
    }
    return all;
  }

  private static CatalogId id(ResultSet rows, int first) throws SQLException {
    return new CatalogId(rows.getLong(first), rows.getLong(first + 1), rows.getInt(first + 2));
  }

  private static CatalogItem item(ResultSet rows) throws SQLException {
    Optional<ObjectKind> kind = Optional.ofNullable(KINDS.get(rows.getString(4)));
    String schema = rows.getString(5);
    String relation = rows.getString(6);
    String name = rows.getString(7);
    String arguments = rows.getString(8);
    return new CatalogItem(
        id(rows, 1),
        kind.map(known -> ObjectName.fromCatalog(known, schema, relation, name, arguments)),
        name,
        Optional.ofNullable(relation).map(own -> new QualifiedName(schema, own)),
        Optional.ofNullable(rows.getString(9)),
        Optional.ofNullable(rows.getString(10)));
  }

  private static CatalogLink link(ResultSet rows) throws SQLException {
    return new CatalogLink(id(rows, 1), id(rows, 4), rows.getString(7).charAt(0));
  }

  private static Trait trait(ResultSet rows) throws SQLException {
    return new Trait(
        id(rows, 1),
        TraitKind.of(rows.getString(4)),
        rows.getString(5),
        // What differs in its spelling only is alike.
        CanonicalText.of(rows.getString(6)),
        Optional.ofNullable(rows.getString(7)),
        Optional.ofNullable(rows.getString(8)),
        Optional.ofNullable(rows.getString(9)),
        rows.getBoolean(10));
  }
}
