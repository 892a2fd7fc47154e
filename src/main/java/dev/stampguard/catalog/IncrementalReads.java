package dev.stampguard.catalog;

import dev.stampguard.catalog.CatalogRows.Scan;
import dev.stampguard.catalog.CatalogRows.Touched;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A watch that reads again only what was written since its last look, which {@code xmin} tells of
 * every row of PostgreSQL's own tables, and what may name something that was renamed. Needs no
 * rights. What escapes it all the same is found by {@link #isProven()}.
 */
public final class IncrementalReads implements CatalogWatch {
  private static final Pattern ONLY = Pattern.compile("/\\* only (\\w+\\.\\w+) \\*/");

  /** Beyond that many objects, queries made for few take longer than reading everything. */
  private static final int MANY = 100;

  /** What initdb wrote is older than every transaction, so this finds all rows. */
  private static final String FROM_THE_START = "2";

  private final String askTouched = SqlResource.read("watch-touched");
  private final String askDependents = SqlResource.read("watch-dependents");
  private final String askLook = SqlResource.read("watch-look");
  private final PostgresConnection connection;
  private final CatalogRows rows = new CatalogRows();
  private final Map<Long, CatalogRoot> roots = new HashMap<>();

  /** By root; what has none is below the empty one. */
  private final Map<Optional<CatalogRoot>, Map<ObjectName, CatalogObject>> seen = new HashMap<>();

  private IncrementalReads(PostgresConnection connection) {
    this.connection = connection;
  }

  /**
   * Begins with what is there now.
   *
   * @param connection its settings are changed: it is of no other use afterwards
   */
  public static IncrementalReads begin(PostgresConnection connection) {
    var watch = new IncrementalReads(Objects.requireNonNull(connection));
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute(
          SqlResource.read("watch-prepare")
              .formatted(
                  SqlResource.read("watch-rows"),
                  touched("watch-roots"),
                  touched("catalog-definitions")));
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
    try (var transaction = connection.readOnly()) {
      watch.rows.add(transaction.runLast(watch.scan(FROM_THE_START, "{}")));
    }
    watch.readEverything();
    return watch;
  }

  /** A query, restricted to what was touched. */
  private static String touched(String resource) {
    String only = SqlResource.read("watch-only");
    return ONLY.matcher(SqlResource.read(resource))
        .replaceAll(comment -> Matcher.quoteReplacement(only.formatted(comment.group(1))));
  }

  /** What one look brings back. */
  private record Look(Map<Long, CatalogRoot> roots, Map<ObjectName, CatalogObject> objects) {
    static Look of(Map<Long, CatalogRoot> roots, CatalogSnapshot snapshot) {
      return new Look(roots, snapshot.objects());
    }
  }

  @Override
  public List<CatalogChange> changes() {
    try (var transaction = connection.readOnly()) {
      Scan scan = transaction.run(scan(rows.horizon(), rows.transactions()));
      Touched touched = rows.add(scan);
      var written = new HashSet<>(touched.written());
      if (rows.isMissing(scan)) {
        written.addAll(rows.retain(transaction.run(scan(FROM_THE_START, "{}"))).written());
      }
      if (written.isEmpty() && !touched.everywhere()) {
        return List.of();
      }
      if (!touched.renamed().isEmpty() || !touched.reshaped().isEmpty()) {
        written.addAll(transaction.run(dependents(touched)));
      }
      Set<Long> oids = rows.complete(written);
      if (!touched.everywhere() && oids.size() <= MANY) {
        return changes(oids, transaction.runLast(look(oids)));
      }
    }
    return readEverything();
  }

  private List<CatalogChange> changes(Set<Long> oids, Look look) {
    Map<ObjectName, CatalogObject> before = new HashMap<>(of(Optional.empty()));
    for (Long oid : oids) {
      Optional.ofNullable(roots.remove(oid))
          .ifPresent(root -> before.putAll(of(Optional.of(root))));
    }
    roots.putAll(look.roots());
    for (CatalogObject object : before.values()) {
      of(CatalogRoot.of(object)).remove(object.name());
    }
    remember(look.objects());
    return Changes.between(before, look.objects());
  }

  @Override
  public boolean isProven() {
    return readEverything().isEmpty();
  }

  private List<CatalogChange> readEverything() {
    var before = new HashMap<ObjectName, CatalogObject>();
    seen.values().forEach(before::putAll);
    var now = new HashMap<ObjectName, CatalogObject>();
    try (var transaction = connection.readOnly()) {
      Look look = transaction.runLast(everything());
      now.putAll(look.objects());
      roots.clear();
      roots.putAll(look.roots());
    }
    seen.clear();
    remember(now);
    return Changes.between(before, now);
  }

  private void remember(Map<ObjectName, CatalogObject> objects) {
    for (CatalogObject object : objects.values()) {
      seen.computeIfAbsent(CatalogRoot.of(object), root -> new HashMap<>())
          .put(object.name(), object);
    }
  }

  private Map<ObjectName, CatalogObject> of(Optional<CatalogRoot> root) {
    return seen.getOrDefault(root, Collections.emptyMap());
  }

  private Query<Scan> scan(String horizon, String transactions) {
    return new Query<>(Query.bind(askTouched, List.of(horizon, transactions)), CatalogRows::read);
  }

  /** What may name something that has another name now. */
  private Query<Set<Long>> dependents(Touched touched) {
    return Query.of(
        Query.bind(
            askDependents,
            List.of(CatalogRows.array(touched.renamed()), CatalogRows.array(touched.reshaped()))),
        found -> {
          var oids = new HashSet<Long>();
          while (found.next()) {
            rows.root(found.getString(1), found.getLong(2)).ifPresent(oids::add);
          }
          return oids;
        });
  }

  private Query<Look> look(Set<Long> oids) {
    String ids = CatalogRows.array(oids);
    return new Query<>(
        Query.bind(askLook, List.of(ids, ids)),
        results ->
            new Look(
                readRoots(results.next()), RowQuery.read(results.next(), definitions()).objects()));
  }

  private CatalogDefinitions definitions() {
    return new CatalogDefinitions(connection.target().database(), connection.version());
  }

  private Query<Look> everything() {
    return new Query<>(SqlResource.read("watch-everything"), results -> List.of())
        .and(
            Query.of(SqlResource.read("watch-roots"), IncrementalReads::readRoots)
                .and(CatalogReader.query(connection, CatalogDepth.DEFINITIONS), Look::of),
            (nothing, look) -> look);
  }

  private static Map<Long, CatalogRoot> readRoots(ResultSet found) throws SQLException {
    var roots = new HashMap<Long, CatalogRoot>();
    while (found.next()) {
      roots.put(
          found.getLong(1),
          new CatalogRoot(
              new QualifiedName(found.getString(2), found.getString(3)),
              Optional.ofNullable(found.getString(4))));
    }
    return roots;
  }
}
