package dev.stampguard.catalog;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.Results;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
 * A watch for a server that is all ours: event triggers note what is touched, and only that is read
 * again. Where a change may show in definitions of objects that were not touched, everything is
 * read; what escapes that rule too (somebody writes to the catalog's tables) is found by {@link
 * #isProven()}.
 */
public final class IncrementalReads implements CatalogWatch {
  private static final Pattern ONLY = Pattern.compile("/\\* only (\\w+\\.\\w+) \\*/");

  private final PostgresConnection connection;
  private final Map<Long, CatalogRoot> roots = new HashMap<>();

  /** By root; what has none is below the empty one. */
  private final Map<Optional<CatalogRoot>, Map<ObjectName, CatalogObject>> seen = new HashMap<>();

  private long lastEvent;

  private IncrementalReads(PostgresConnection connection) {
    this.connection = connection;
  }

  /**
   * Begins with what is there now.
   *
   * @param connection as superuser, of a server where nothing else matters; it is of no other use
   *     afterwards
   */
  public static IncrementalReads install(PostgresConnection connection) {
    var watch = new IncrementalReads(Objects.requireNonNull(connection));
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute(SqlResource.read("watch-install"));
      statement.execute(
          SqlResource.read("watch-prepare")
              .formatted(touched("watch-roots"), touched("catalog-definitions")));
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
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

  /**
   * What happened since the last look.
   *
   * @param ids of what has to be read again, as PostgreSQL writes an array
   */
  private record Touched(List<TouchEvent> events, String ids) {}

  /** What one look brings back. */
  private record Look(
      List<TouchEvent> events,
      Map<Long, CatalogRoot> roots,
      Map<ObjectName, CatalogObject> objects) {}

  @Override
  public List<CatalogChange> changes() {
    String after = Long.toString(lastEvent);
    Look look;
    try (var transaction = connection.readOnly()) {
      Touched touched =
          transaction.run(
              new Query<>(
                  Query.bind(SqlResource.read("watch-events"), List.of(after, after)),
                  IncrementalReads::readTouched));
      if (touched.events().isEmpty()) {
        return List.of();
      }
      String ids = touched.ids();
      look =
          transaction.runLast(
              new Query<>(
                  Query.bind(SqlResource.read("watch-look"), List.of(ids, ids)),
                  results -> look(touched.events(), results)));
    }
    lastEvent = look.events().getLast().id();
    Map<ObjectName, CatalogObject> before = touchedBefore(look);
    if (!isConfined(look, before)) {
      return readEverything();
    }
    look.events().forEach(event -> event.oid().ifPresent(roots::remove));
    roots.putAll(look.roots());
    forget(before);
    remember(look.objects());
    return Changes.between(before, look.objects());
  }

  @Override
  public boolean isProven() {
    return readEverything().isEmpty();
  }

  private List<CatalogChange> readEverything() {
    Map<ObjectName, CatalogObject> before = all();
    Map<ObjectName, CatalogObject> now;
    Map<Long, CatalogRoot> currentRoots;
    try (var transaction = connection.readOnly()) {
      now = transaction.run(CatalogReader.query(connection, CatalogDepth.DEFINITIONS)).objects();
      currentRoots =
          transaction.runLast(
              Query.of(SqlResource.read("watch-roots"), IncrementalReads::readRoots));
    }
    roots.clear();
    roots.putAll(currentRoots);
    seen.clear();
    remember(now);
    return Changes.between(before, now);
  }

  private Map<ObjectName, CatalogObject> all() {
    var all = new HashMap<ObjectName, CatalogObject>();
    seen.values().forEach(all::putAll);
    return all;
  }

  private void forget(Map<ObjectName, CatalogObject> objects) {
    for (CatalogObject object : objects.values()) {
      of(CatalogRoot.of(object)).remove(object.name());
    }
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

  /** What is known so far of everything that this look read again or found gone. */
  private Map<ObjectName, CatalogObject> touchedBefore(Look look) {
    var before = new HashMap<>(of(Optional.empty()));
    Set<Long> touched = new HashSet<>(look.roots().keySet());
    look.events().forEach(event -> event.oid().ifPresent(touched::add));
    for (Long oid : touched) {
      CatalogRoot root = roots.get(oid);
      if (root != null) {
        before.putAll(of(Optional.of(root)));
      }
    }
    // A dropped index has no relation any more; it is known by its name.
    for (TouchEvent event : look.events()) {
      if (event.isDropOf("index")) {
        var name = ObjectName.of(ObjectKind.INDEX, event.name().toArray(String[]::new));
        seen.values().stream()
            .map(objects -> objects.get(name))
            .filter(Objects::nonNull)
            .forEach(index -> before.put(name, index));
      }
    }
    return before;
  }

  /** Whether nothing but what was read again can have changed. */
  private boolean isConfined(Look look, Map<ObjectName, CatalogObject> before) {
    return look.events().stream().allMatch(TouchEvent::isConfined)
        && look.roots().entrySet().stream().noneMatch(this::isRenamed)
        && !renamesColumn(look, before)
        && !leavesHierarchy(look, before)
        && !movesSequence(look);
  }

  private boolean isRenamed(Map.Entry<Long, CatalogRoot> current) {
    CatalogRoot old = roots.get(current.getKey());
    return old != null && !old.equals(current.getValue());
  }

  /** A column that went away without being dropped has another name now. */
  private static boolean renamesColumn(Look look, Map<ObjectName, CatalogObject> before) {
    var dropped = new HashSet<List<String>>();
    look.events().stream()
        .filter(event -> event.isDropOf("table column") || event.isDropOf("table"))
        .forEach(event -> dropped.add(event.name()));
    return before.keySet().stream()
        .filter(name -> name.kind() == ObjectKind.COLUMN && !look.objects().containsKey(name))
        .anyMatch(
            name ->
                !dropped.contains(name.parts()) && !dropped.contains(name.parts().subList(0, 2)));
  }

  /**
   * {@code DETACH PARTITION} is reported for the parent, and changes a table that was its child.
   */
  private static boolean leavesHierarchy(Look look, Map<ObjectName, CatalogObject> before) {
    return look.events().stream().anyMatch(event -> event.tag().equals("ALTER TABLE"))
        && before.values().stream()
            .anyMatch(
                object ->
                    object.name().kind() == ObjectKind.TABLE
                        && object.definition().text().contains("partition by"));
  }

  /** A sequence that changes its owner, or goes alone, changes the column that owned it. */
  private static boolean movesSequence(Look look) {
    var created = new HashSet<Optional<Long>>();
    boolean tableDropped = false;
    for (TouchEvent event : look.events()) {
      if (event.tag().equals("CREATE SEQUENCE")) {
        created.add(event.oid());
      }
      tableDropped |= event.isDropOf("table") || event.isDropOf("table column");
    }
    boolean alone = !tableDropped;
    return look.events().stream()
        .anyMatch(
            event ->
                (event.tag().equals("ALTER SEQUENCE") && !created.contains(event.oid()))
                    || (alone && event.isDropOf("sequence")));
  }

  private static Touched readTouched(Results results) throws SQLException {
    List<TouchEvent> events = readEvents(results.next());
    ResultSet reach = results.next();
    reach.next();
    return new Touched(events, Optional.ofNullable(reach.getString(1)).orElse("{}"));
  }

  private Look look(List<TouchEvent> events, Results results) throws SQLException {
    Map<Long, CatalogRoot> found = readRoots(results.next());
    return new Look(events, found, CatalogDefinitions.read(results.next(), connection).objects());
  }

  private static List<TouchEvent> readEvents(ResultSet rows) throws SQLException {
    var events = new ArrayList<TouchEvent>();
    while (rows.next()) {
      Array name = rows.getArray(5);
      long oid = rows.getLong(4);
      events.add(
          new TouchEvent(
              rows.getLong(1),
              rows.getString(2),
              rows.getString(3),
              oid == 0 ? Optional.empty() : Optional.of(oid),
              name == null ? List.of() : List.of((String[]) name.getArray())));
    }
    return events;
  }

  private static Map<Long, CatalogRoot> readRoots(ResultSet rows) throws SQLException {
    var roots = new HashMap<Long, CatalogRoot>();
    while (rows.next()) {
      roots.put(
          rows.getLong(1),
          new CatalogRoot(
              new QualifiedName(rows.getString(2), rows.getString(3)),
              Optional.ofNullable(rows.getString(4))));
    }
    return roots;
  }
}
