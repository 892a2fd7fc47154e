package dev.stampguard.service.recreate;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.service.recreate.CopyTable.Column;
import dev.stampguard.service.recreate.SequenceState.Filled;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to be known of a database to copy its rows. */
final class CopyCatalog {
  private CopyCatalog() {}

  /** Every table that can hold rows of somebody's, by name. */
  static Query<Map<QualifiedName, CopyTable>> tables() {
    return Query.of(SqlResource.read("recreate-columns"), CopyCatalog::tables);
  }

  private static Map<QualifiedName, CopyTable> tables(ResultSet rows) throws SQLException {
    var columns = new LinkedHashMap<QualifiedName, List<Column>>();
    var partitioned = new LinkedHashMap<QualifiedName, Boolean>();
    while (rows.next()) {
      var table = new QualifiedName(rows.getString(1), rows.getString(2));
      partitioned.put(table, rows.getBoolean(3));
      columns
          .computeIfAbsent(table, name -> new ArrayList<>())
          .add(
              new Column(
                  rows.getString(4),
                  rows.getString(5),
                  rows.getBoolean(6),
                  rows.getBoolean(7),
                  rows.getBoolean(8)));
    }
    var tables = new LinkedHashMap<QualifiedName, CopyTable>();
    columns.forEach(
        (name, own) -> tables.put(name, new CopyTable(name, partitioned.get(name), own)));
    return tables;
  }

  /** Every sequence. */
  static Query<List<SequenceState>> sequences() {
    return Query.of(
        SqlResource.read("recreate-sequences"),
        rows -> {
          var sequences = new ArrayList<SequenceState>();
          while (rows.next()) {
            long last = rows.getLong(3);
            Optional<Long> given = rows.wasNull() ? Optional.empty() : Optional.of(last);
            sequences.add(
                new SequenceState(
                    new QualifiedName(rows.getString(1), rows.getString(2)),
                    given,
                    rows.getBoolean(4),
                    filled(rows)));
          }
          return sequences;
        });
  }

  private static Optional<Filled> filled(ResultSet rows) throws SQLException {
    return rows.getString(7) == null
        ? Optional.empty()
        : Optional.of(
            new Filled(
                new QualifiedName(rows.getString(5), rows.getString(6)),
                rows.getString(7),
                rows.getBoolean(8)));
  }

  /** Materialized views that hold rows, in the order they were made. */
  static Query<List<QualifiedName>> views() {
    return Query.of(
        SqlResource.read("recreate-views"),
        rows -> {
          var views = new ArrayList<QualifiedName>();
          while (rows.next()) {
            views.add(new QualifiedName(rows.getString(1), rows.getString(2)));
          }
          return views;
        });
  }

  /** How many large objects there are. */
  static Query<Long> largeObjects() {
    return Query.of(
        SqlResource.read("recreate-large-objects"),
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }
}
