package dev.stampguard.catalog;

import dev.stampguard.postgres.Results;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of PostgreSQL's own tables, as far as objects are made of them, and what follows from
 * their having been written, renamed or gone.
 */
final class CatalogRows {
  /** Tables where two oids make a row its own: both are concerned. */
  private static final Set<String> PAIRS = Set.of("pg_inherits", "pg_type", "owned", "member");

  /** What so many definitions may name that reading everything is simpler. */
  private static final Set<String> WIDE = Set.of("pg_namespace", "named");

  private static final long NOTHING = 0;

  /** Transactions whose rows are known and that may be found again. */
  private final Set<Long> transactions = new HashSet<>();

  private final Map<String, Map<Long, Row>> known = new HashMap<>();
  private long horizon;

  /**
   * A known row.
   *
   * @param root oid of what has to be read again when it changes
   * @param name what others' definitions may call it; empty where they never name it
   */
  private record Row(long root, String name) {}

  /** A row as found, with the transaction that wrote it. */
  private record Found(long key, Row row, long transaction) {}

  /**
   * The new rows of one table.
   *
   * @param total of all its rows, where that matters
   */
  private record Part(String table, List<Found> rows, OptionalLong total) {}

  /**
   * What a look found.
   *
   * @param horizon the oldest transaction that still ran
   */
  record Scan(List<Part> parts, long horizon) {}

  /**
   * What a scan says about objects; by oid.
   *
   * @param written what has to be read again
   * @param renamed what has another name, or has something in it that has
   * @param reshaped tables and views with other columns
   * @param everywhere whether anything else may have to be read again too
   */
  record Touched(Set<Long> written, Set<Long> renamed, Set<Long> reshaped, boolean everywhere) {}

  /** The first transaction whose rows may be new. */
  String horizon() {
    return Long.toString(horizon);
  }

  /** Transactions from the horizon on whose rows are known, as PostgreSQL writes an array. */
  String transactions() {
    return array(transactions);
  }

  static Scan read(Results results) throws SQLException {
    var parts = new ArrayList<Part>();
    ResultSet tables = results.next();
    while (tables.next()) {
      Array rows = tables.getArray(2);
      List<Found> found =
          rows == null
              ? List.of()
              : Arrays.stream((String[]) rows.getArray()).map(CatalogRows::found).toList();
      long total = tables.getLong(3);
      OptionalLong known = tables.wasNull() ? OptionalLong.empty() : OptionalLong.of(total);
      parts.add(new Part(tables.getString(1), found, known));
    }
    ResultSet snapshot = results.next();
    snapshot.next();
    return new Scan(parts, snapshot.getLong(1));
  }

  private static Found found(String line) {
    String[] fields = line.split(" ", 4);
    return new Found(
        Long.parseLong(fields[0]),
        new Row(Long.parseLong(fields[1]), fields[3]),
        Long.parseLong(fields[2]));
  }

  /** Takes over what is new. */
  Touched add(Scan scan) {
    var touched = new Touching();
    for (Part part : scan.parts()) {
      Map<Long, Row> rows = of(part.table());
      for (Found found : part.rows()) {
        touched.written(part.table(), found.key(), found.row());
        compare(part.table(), rows.get(found.key()), found.row(), touched);
      }
    }
    remember(scan);
    return touched.done();
  }

  private void compare(String table, Row old, Row current, Touching touched) {
    boolean isColumn = table.equals("pg_attribute");
    if (old == null) {
      if (isColumn && of("pg_class").containsKey(current.root())) {
        touched.reshaped.add(current.root());
      }
    } else if (WIDE.contains(table)) {
      touched.everywhere = true;
    } else if (!old.name().equals(current.name())) {
      (isColumn && current.name().isEmpty() ? touched.reshaped : touched.renamed)
          .add(current.root());
    }
  }

  private void remember(Scan scan) {
    horizon = scan.horizon();
    // Transaction numbers start over after 32 bits.
    transactions.removeIf(transaction -> (int) (transaction - horizon) < 0);
    for (Part part : scan.parts()) {
      Map<Long, Row> rows = of(part.table());
      for (Found found : part.rows()) {
        rows.put(found.key(), found.row());
        if ((int) (found.transaction() - horizon) >= 0) {
          transactions.add(found.transaction());
        }
      }
    }
  }

  /** Whether rows went away, by what a scan says of their number. */
  boolean isMissing(Scan scan) {
    return scan.parts().stream()
        .anyMatch(
            part -> part.total().isPresent() && part.total().getAsLong() < of(part.table()).size());
  }

  /**
   * Forgets what is gone.
   *
   * @param all a scan of all rows
   */
  Touched retain(Scan all) {
    var touched = new Touching();
    for (Part part : all.parts()) {
      var there = new HashSet<Long>();
      part.rows().forEach(found -> there.add(found.key()));
      of(part.table())
          .entrySet()
          .removeIf(
              known -> {
                boolean gone = !there.contains(known.getKey());
                if (gone) {
                  touched.written(part.table(), known.getKey(), known.getValue());
                }
                return gone;
              });
    }
    return touched.done();
  }

  /** What a row of one of the tables belongs to; empty for those that make up no object. */
  Optional<Long> root(String table, long oid) {
    return switch (table) {
      case "pg_class", "pg_proc", "pg_type" -> Optional.of(oid);
      default -> Optional.ofNullable(of(table).get(oid)).map(Row::root);
    };
  }

  /**
   * Adds what is read together with others: an index's table, a sequence and the table that owns
   * it, a composite type and its columns.
   */
  Set<Long> complete(Set<Long> oids) {
    var all = new HashSet<>(oids);
    for (Long oid : oids) {
      Optional.ofNullable(of("pg_index").get(oid)).ifPresent(index -> all.add(index.root()));
    }
    for (long pair : of("pg_type").keySet()) {
      if (second(pair) != NOTHING && (all.contains(first(pair)) || all.contains(second(pair)))) {
        all.add(first(pair));
        all.add(second(pair));
      }
    }
    // Its other sequences stand in an owner's columns too: first all owners, then all they own.
    Set<Long> owned = of("owned").keySet();
    owned.stream().filter(pair -> all.contains(first(pair))).forEach(pair -> all.add(second(pair)));
    owned.stream().filter(pair -> all.contains(second(pair))).forEach(pair -> all.add(first(pair)));
    return all;
  }

  private Map<Long, Row> of(String table) {
    return known.computeIfAbsent(table, t -> new HashMap<>());
  }

  /** As PostgreSQL writes an array. */
  static String array(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  private static long first(long pair) {
    return pair >>> 32;
  }

  private static long second(long pair) {
    return pair & 0xFFFF_FFFFL;
  }

  /** A {@link Touched} in the making. */
  private static final class Touching {
    private final Set<Long> written = new HashSet<>();
    private final Set<Long> renamed = new HashSet<>();
    private final Set<Long> reshaped = new HashSet<>();
    private boolean everywhere;

    void written(String table, long key, Row row) {
      written.add(row.root());
      if (PAIRS.contains(table)) {
        written.add(first(key));
        written.add(second(key));
      }
      written.remove(NOTHING);
    }

    Touched done() {
      return new Touched(written, renamed, reshaped, everywhere);
    }
  }
}
