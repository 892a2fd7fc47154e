package dev.stampguard.catalog;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.SqlResource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether every row's foreign keys point at something. Looks at the rows themselves, also where
 * PostgreSQL vouches for them: a constraint may have been added without looking, or switched off
 * while data was loaded.
 */
public final class ReferentialIntegrity {
  private ReferentialIntegrity() {}

  /**
   * What was found out about one foreign key.
   *
   * @param constraint the foreign key
   * @param validated whether PostgreSQL vouches for every row
   * @param orphans how many rows point at nothing
   * @param samples up to five of their keys, each once, sorted: values separated by {@code ", "}
   */
  public record Result(
      ObjectName constraint, boolean validated, long orphans, List<String> samples) {
    public Result {
      Objects.requireNonNull(constraint);
      samples = List.copyOf(samples);
    }
  }

  /**
   * The foreign keys of the connected database, sorted; those that a partition has from its parent
   * are the parent's, those that are not enforced are left out.
   */
  public static Query<List<ForeignKey>> foreignKeys() {
    return Query.of(
        SqlResource.read("foreign-keys"),
        rows -> {
          var keys = new ArrayList<ForeignKey>();
          while (rows.next()) {
            keys.add(
                new ForeignKey(
                    ObjectName.of(
                        ObjectKind.CONSTRAINT,
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3)),
                    rows.getString(4),
                    strings(rows, 5),
                    rows.getString(6),
                    strings(rows, 7),
                    strings(rows, 8),
                    rows.getBoolean(9),
                    rows.getBoolean(10),
                    rows.getBoolean(11)));
          }
          return keys;
        });
  }

  /**
   * Looks for rows that break foreign keys, all of them, which takes as long as reading both tables
   * of each. The constraints themselves need not be there; tables and columns must. The role must
   * be able to see every row.
   *
   * @return one result for each foreign key, in their order
   */
  public static Query<List<Result>> check(List<ForeignKey> keys) {
    String sql =
        keys.stream().map(ReferentialIntegrity::orphans).collect(Collectors.joining(";\n"));
    return new Query<>(
        sql,
        results -> {
          var found = new ArrayList<Result>();
          for (ForeignKey key : keys) {
            ResultSet rows = results.next();
            rows.next();
            found.add(new Result(key.name(), key.validated(), rows.getLong(1), strings(rows, 2)));
          }
          return found;
        });
  }

  /** The statement that counts the rows which break one foreign key; {@code sql/orphans.sql}. */
  public static String orphans(ForeignKey key) {
    List<String> own = quoted("f", key.columns());
    List<String> referenced = quoted("p", key.referencedColumns());
    int compared = own.size() - (key.period() ? 1 : 0);
    String match =
        IntStream.range(0, compared)
            .mapToObj(
                n -> "%s %s %s".formatted(referenced.get(n), key.operators().get(n), own.get(n)))
            .collect(Collectors.joining(" AND "));
    return SqlResource.read(key.period() ? "orphans-period" : "orphans")
        .formatted(
            own.stream()
                .map("coalesce(%s::text, 'null')"::formatted)
                .collect(Collectors.joining(", ", "ARRAY[", "]")),
            key.referencing(),
            own.stream()
                .map(column -> column + " IS NOT NULL")
                // A row that MATCH FULL forbids, null in some columns only, finds no match either.
                .collect(Collectors.joining(key.matchFull() ? " OR " : " AND ")),
            key.referenced(),
            match.isEmpty() ? "true" : match,
            Identifiers.quote(key.referencedColumns().getLast()),
            Identifiers.quote(key.columns().getLast()));
  }

  private static List<String> quoted(String row, List<String> columns) {
    return columns.stream().map(column -> row + "." + Identifiers.quote(column)).toList();
  }

  private static List<String> strings(ResultSet rows, int column) throws SQLException {
    return List.of((String[]) rows.getArray(column).getArray());
  }
}
