package dev.stampguard.service.backup;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Copies rows and sequences from one database into another, as far as both have the same tables and
 * columns. The other one has no constraints, indexes and triggers yet.
 */
final class TableCopy {
  private final ReadOnlyTransaction from;
  private final PostgresConnection to;
  private final Progress progress;

  /**
   * @param from says of which moment the rows are; the transaction goes on
   */
  TableCopy(ReadOnlyTransaction from, PostgresConnection to, Progress progress) {
    this.from = Objects.requireNonNull(from);
    this.to = Objects.requireNonNull(to);
    this.progress = Objects.requireNonNull(progress);
  }

  /** A sequence and the table that owns it. */
  private record Sequence(QualifiedName name, Optional<QualifiedName> owner) {}

  /**
   * Copies.
   *
   * @param wanted which tables, by quoted, qualified name; sequences that belong to others are left
   *     as they are
   */
  void copy(Predicate<String> wanted) {
    try (Statement statement = to.jdbc().createStatement()) {
      statement.execute(SqlResource.read("restore-session"));
      Map<QualifiedName, List<String>> there = from.run(columnsQuery());
      for (var table : columns(statement).entrySet()) {
        if (wanted.test(table.getKey().toString()) && there.containsKey(table.getKey())) {
          copyRows(table.getKey(), common(table.getValue(), there.get(table.getKey())));
        }
      }
      List<Sequence> sequences = from.run(sequencesQuery());
      for (Sequence sequence : sequences(statement)) {
        boolean isWanted =
            sequence.owner().map(owner -> wanted.test(owner.toString())).orElse(true);
        boolean isThere =
            sequences.stream().anyMatch(other -> other.name().equals(sequence.name()));
        if (isWanted && isThere) {
          copyValue(sequence.name());
        }
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, to.target());
    }
  }

  private static List<String> common(List<String> columns, List<String> others) {
    return columns.stream().filter(others::contains).toList();
  }

  private void copyRows(QualifiedName table, List<String> columns) throws SQLException {
    if (columns.isEmpty()) {
      return;
    }
    progress.show("copying the rows of `%s`".formatted(table));
    String names = columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    CopyOut out =
        manager(from.connection()).copyOut(SqlResource.read("restore-out").formatted(table, names));
    try {
      CopyIn in = manager(to).copyIn(SqlResource.read("restore-in").formatted(table, names));
      try {
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
          in.writeToCopy(row, 0, row.length);
        }
        in.endCopy();
      } finally {
        if (in.isActive()) {
          in.cancelCopy();
        }
      }
    } finally {
      if (out.isActive()) {
        out.cancelCopy();
      }
    }
  }

  private static CopyManager manager(PostgresConnection connection) throws SQLException {
    return connection.jdbc().unwrap(PGConnection.class).getCopyAPI();
  }

  private void copyValue(QualifiedName sequence) throws SQLException {
    long[] value =
        from.run(
            Query.of(
                SqlResource.read("restore-sequence").formatted(sequence),
                rows -> {
                  rows.next();
                  return new long[] {rows.getLong(1), rows.getBoolean(2) ? 1 : 0};
                }));
    try (PreparedStatement statement =
        to.jdbc().prepareStatement(SqlResource.read("restore-sequence-set"))) {
      statement.setString(1, sequence.toString());
      statement.setLong(2, value[0]);
      statement.setBoolean(3, value[1] == 1);
      statement.execute();
    }
  }

  private static Query<Map<QualifiedName, List<String>>> columnsQuery() {
    return Query.of(SqlResource.read("restore-columns"), TableCopy::readColumns);
  }

  private static Map<QualifiedName, List<String>> columns(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(SqlResource.read("restore-columns"))) {
      return readColumns(rows);
    }
  }

  private static Map<QualifiedName, List<String>> readColumns(ResultSet rows) throws SQLException {
    var columns = new LinkedHashMap<QualifiedName, List<String>>();
    while (rows.next()) {
      columns.put(
          new QualifiedName(rows.getString(1), rows.getString(2)),
          List.of((String[]) rows.getArray(3).getArray()));
    }
    return columns;
  }

  private static Query<List<Sequence>> sequencesQuery() {
    return Query.of(SqlResource.read("restore-sequences"), TableCopy::readSequences);
  }

  private static List<Sequence> sequences(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(SqlResource.read("restore-sequences"))) {
      return readSequences(rows);
    }
  }

  private static List<Sequence> readSequences(ResultSet rows) throws SQLException {
    var sequences = new ArrayList<Sequence>();
    while (rows.next()) {
      String owner = rows.getString(4);
      sequences.add(
          new Sequence(
              new QualifiedName(rows.getString(1), rows.getString(2)),
              owner == null
                  ? Optional.empty()
                  : Optional.of(new QualifiedName(rows.getString(3), owner))));
    }
    return sequences;
  }
}
