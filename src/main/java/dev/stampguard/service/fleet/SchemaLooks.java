package dev.stampguard.service.fleet;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.SchemaAlias;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.service.source.SchemaSource;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.SchemaInspections;
import dev.stampguard.tool.SearchPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at all schemas of a database that have a ledger of their own, over one connection: two
 * round trips for all of them, and two more for all that have to be looked at again.
 *
 * <p>A schema is seen as if it were the only one of its kind: with what is in it, and with what the
 * scripts put elsewhere by name. For use by several threads.
 */
public final class SchemaLooks {
  private final PostgresConnection connection;
  private final MigrationProject project;
  private final ExpectationSource source;
  private final Predicate<String> fits;
  private final Set<QualifiedName> elsewhere;
  private final List<Look> looks = new ArrayList<>();

  /** What one look saw, cut into schemas. */
  private record Look(
      SchemaInspections seen,
      Map<String, List<CatalogObject>> bySchema,
      List<CatalogObject> shared) {}

  /**
   * @param connection to the database; the caller closes it
   * @param source how it is known what must be in each of them
   * @param fits which schemas are meant
   */
  public SchemaLooks(
      PostgresConnection connection,
      MigrationProject project,
      ExpectationSource source,
      Predicate<String> fits) {
    this.connection = connection;
    this.project = project;
    this.source = source;
    this.fits = fits;
    this.elsewhere = elsewhere();
  }

  /**
   * The schemas that were meant, sorted, as they are at the first look.
   *
   * @throws dev.stampguard.StampguardException as {@link SchemaInspections#of} says
   */
  public List<String> schemas() {
    return look(0).seen().schemas();
  }

  /** How it is known what must be in a schema. */
  public ExpectationSource source(String schema) {
    return SchemaSource.of(source, project.scripts(), schema);
  }

  /**
   * One schema, each time as it is at a later look; the first is everybody's.
   *
   * @throws dev.stampguard.StampguardException when its ledger must not be read
   */
  public Supplier<Inspection> of(String schema) {
    int[] next = {0};
    return () -> inspection(look(next[0]++), schema);
  }

  private synchronized Look look(int number) {
    while (looks.size() <= number) {
      looks.add(look());
    }
    return looks.get(number);
  }

  private Look look() {
    var seen = SchemaInspections.of(connection, source.depth(), project.ledger(), fits);
    Set<String> schemas = new HashSet<>(seen.schemas());
    var bySchema = new HashMap<String, List<CatalogObject>>();
    var shared = new ArrayList<CatalogObject>();
    for (CatalogObject object : seen.catalog().objects().values()) {
      ObjectName name = object.name();
      if (elsewhere.contains(name.home(object.relation()))) {
        shared.add(object);
      } else if (name.parts().size() > 1 && schemas.contains(name.parts().getFirst())) {
        bySchema.computeIfAbsent(name.parts().getFirst(), s -> new ArrayList<>()).add(object);
      }
    }
    return new Look(seen, bySchema, shared);
  }

  private Inspection inspection(Look look, String schema) {
    if (look.seen().unreadable().containsKey(schema)) {
      throw look.seen().unreadable().get(schema);
    }
    if (!look.seen().ledgers().containsKey(schema)) {
      throw StampguardException.passing(
          ExitCode.REFUSED,
          "the schema `%s` went away while it was looked at".formatted(schema),
          "check again");
    }
    Optional<SchemaAlias> alias =
        source(schema) instanceof SchemaSource other
            ? Optional.of(other.alias())
            : Optional.empty();
    var objects = new TreeMap<ObjectName, CatalogObject>();
    look.shared().forEach(object -> objects.put(object.name(), object));
    for (CatalogObject object : look.bySchema().getOrDefault(schema, List.of())) {
      CatalogObject known = alias.map(words -> words.text(object)).orElse(object);
      objects.put(known.name(), known);
    }
    CatalogSnapshot all = look.seen().catalog();
    return new Inspection(
        new CatalogSnapshot(
            all.serverVersion(),
            objects,
            all.invalidIndexes().stream().filter(objects::containsKey).collect(Collectors.toSet())),
        look.seen().ledgers().get(schema),
        searching(schema));
  }

  /** What revisions write in the same place whatever the schema they are run for. */
  private Set<QualifiedName> elsewhere() {
    Set<QualifiedName> always = written("a schema");
    always.retainAll(written("another schema"));
    return always;
  }

  private Set<QualifiedName> written(String schema) {
    var table = new QualifiedName(schema, project.ledgerLocation().table());
    var empty =
        new Inspection(
            CatalogSnapshot.of(connection.serverVersion(), List.of()),
            new Ledger(table, false, List.of(), List.of(), true, OptionalInt.empty()),
            searching(schema));
    Expectation expectation = source(schema).expectation(empty);
    return expectation.revisions().values().stream()
        .map(RevisionExpectation::effects)
        .flatMap(List::stream)
        .map(effect -> effect.object().home(effect.relation()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static SearchPaths searching(String schema) {
    return new SearchPaths(List.of(schema), Optional.of(schema), List.of(schema));
  }
}
