package dev.stampguard.expectation;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation.Unread;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The expectation that the scripts alone give: which names each revision leaves behind, never what
 * the objects look like. The revisions' operations run in order over a simulated catalog.
 */
public final class ScriptExpectation {
  /** The order in which PostgreSQL names the constraints of one CREATE TABLE. */
  private static final Comparator<NewConstraint> NAMING =
      Comparator.comparingInt(
          constraint ->
              switch (constraint.kind()) {
                case CHECK -> 0;
                case PRIMARY_KEY -> 1;
                case UNIQUE, EXCLUSION -> 2;
                case FOREIGN_KEY -> 3;
              });

  private static final Set<String> SYSTEM_SCHEMAS = Set.of("pg_catalog", "information_schema");

  private final Scripts scripts;
  private final String defaultSchema;
  private final Map<String, RevisionExpectation> known;

  /** Where names without a schema go in the script at hand. */
  private String currentSchema;

  private final SimulatedCatalog catalog = new SimulatedCatalog();
  private final Map<String, RevisionExpectation> revisions = new LinkedHashMap<>();
  private final Map<String, ChainGapDraft> gaps = new LinkedHashMap<>();
  private final Map<String, Set<ObjectName>> possiblyTouched = new LinkedHashMap<>();
  private final List<Expectation.Failure> failures = new ArrayList<>();

  /** What a revision drops that nothing was seen to make, and the first revision that does. */
  private final Map<ObjectName, String> foreign = new LinkedHashMap<>();

  /** Revisions whose own script and all they need could be read completely. */
  private final Set<String> certain = new HashSet<>();

  /** Revisions whose scripts are programs that could not be read completely. */
  private final Set<String> opaque = new HashSet<>();

  private String current = "";
  private boolean currentCertain;
  private List<Unread> unread = new ArrayList<>();

  private record ChainGapDraft(String revision, int line, QualifiedName relation) {}

  private ScriptExpectation(
      Scripts scripts, String defaultSchema, Map<String, RevisionExpectation> known) {
    this.scripts = scripts;
    this.defaultSchema = defaultSchema;
    this.known = known;
    this.currentSchema = defaultSchema;
  }

  /**
   * Derives the expectation for one database: as {@link #of(Scripts, String)}, with names that the
   * scripts leave to PostgreSQL or to a naming convention taken from what is there.
   */
  public static Expectation of(Scripts scripts, String defaultSchema, CatalogSnapshot catalog) {
    return of(scripts, defaultSchema, catalog, Map.of());
  }

  /**
   * Derives the expectation of those revisions of which nothing better is known: as {@link
   * #of(Scripts, String, CatalogSnapshot)}, with the others taken as they are.
   *
   * @param known revisions whose effects were seen, by id
   */
  public static Expectation of(
      Scripts scripts,
      String defaultSchema,
      CatalogSnapshot catalog,
      Map<String, RevisionExpectation> known) {
    var derived = new ScriptExpectation(scripts, defaultSchema, known);
    Expectation expectation = derived.walk();
    return new ChosenNames(catalog, derived.catalog.chosenNames()).applyTo(expectation);
  }

  /**
   * An expectation from another source, with the constraint names that the scripts leave to a
   * naming convention taken from what is there: a replay without the project's metadata does not
   * know the convention.
   *
   * @param catalog at the depth of the expectation
   */
  public static Expectation withChosenNames(
      Expectation expectation, Scripts scripts, String defaultSchema, CatalogSnapshot catalog) {
    if (ChosenNames.isEveryConstraintThere(expectation, catalog)) {
      return expectation;
    }
    var derived = new ScriptExpectation(scripts, defaultSchema, Map.of());
    derived.walk();
    return new ChosenNames(catalog, derived.catalog.chosenNames()).applyTo(expectation);
  }

  /**
   * Derives the expectation.
   *
   * @param scripts what the scripts say
   * @param defaultSchema the schema that names without one stand for
   */
  public static Expectation of(Scripts scripts, String defaultSchema) {
    return new ScriptExpectation(scripts, defaultSchema, Map.of()).walk();
  }

  private Expectation walk() {
    for (Revision revision : scripts.graph().revisions()) {
      List<SchemaOperation> operations = scripts.operations().get(revision.id());
      if (known.containsKey(revision.id())) {
        adopt(revision, known.get(revision.id()));
      } else if (operations != null) {
        run(revision, operations);
      }
    }
    foreign.forEach(this::addForeignDrop);
    return new Expectation(
        Expectation.Source.SCRIPTS, revisions, chainGaps(), possiblyTouched, failures, opaque);
  }

  /**
   * Somebody else's object that a revision drops: as long as it is there, that has not run. This
   * can only be said where no script may have made it again unseen, and not of what others make all
   * the time.
   */
  private void addForeignDrop(ObjectName object, String dropper) {
    boolean isReadFromThereOn =
        scripts.graph().problems().isEmpty()
            && scripts.graph().revisions().stream()
                .map(Revision::id)
                .dropWhile(id -> !id.equals(dropper))
                .allMatch(id -> revisions.containsKey(id) && revisions.get(id).exact());
    if (!object.kind().isOftenAnothers() && catalog.isNeverMade(object) && isReadFromThereOn) {
      var drop =
          new Effect(
              object,
              object.parts().size() == 3 ? Optional.of(relation(object)) : Optional.empty(),
              Optional.of(Definition.EXISTS),
              Optional.empty());
      revisions.computeIfPresent(
          dropper,
          (id, expected) ->
              new RevisionExpectation(
                  id,
                  Stream.concat(expected.effects().stream(), Stream.of(drop)).toList(),
                  expected.exact(),
                  expected.unread()));
    }
  }

  private void adopt(Revision revision, RevisionExpectation expected) {
    var effects = new ArrayList<>(expected.effects());
    effects.addAll(catalog.adopt(expected.effects()));
    revisions.put(
        revision.id(),
        new RevisionExpectation(revision.id(), effects, expected.exact(), expected.unread()));
    if (expected.exact() && isFoundationCertain(revision)) {
      certain.add(revision.id());
    }
  }

  private boolean isFoundationCertain(Revision revision) {
    return scripts.graph().needs(revision.id()).stream().allMatch(certain::contains)
        && scripts.graph().problems().isEmpty();
  }

  private void run(Revision revision, List<SchemaOperation> operations) {
    current = revision.id();
    currentCertain = isFoundationCertain(revision);
    currentSchema = defaultSchema;
    unread = new ArrayList<>();
    operations.forEach(this::apply);
    revisions.put(
        current, new RevisionExpectation(current, catalog.takeEffects(), unread.isEmpty(), unread));
    if (currentCertain) {
      certain.add(current);
    }
  }

  // Names

  private String schema(String schema) {
    return PostgresNames.truncate(
        schema.equals(SchemaOperation.SEARCH_PATH) ? currentSchema : schema);
  }

  private QualifiedName complete(QualifiedName name) {
    return new QualifiedName(schema(name.schema()), PostgresNames.truncate(name.name()));
  }

  private ObjectName complete(ObjectName object) {
    var parts = new ArrayList<>(object.parts().stream().map(PostgresNames::truncate).toList());
    if (parts.size() > 1) {
      parts.set(0, schema(object.parts().getFirst()));
    }
    return new ObjectName(object.kind(), parts, object.arguments());
  }

  private NewConstraint complete(NewConstraint constraint) {
    return new NewConstraint(
        constraint.kind(),
        constraint.name(),
        constraint.columns(),
        constraint.references().map(this::complete));
  }

  // Operations

  private void apply(SchemaOperation operation) {
    int line = operation.line();
    switch (operation) {
      case SchemaOperation.CreateTable create -> createTable(create);
      case SchemaOperation.CreateObject create -> {
        ObjectName object = complete(create.object());
        catalog.create(object);
      }
      case SchemaOperation.AddColumn add -> {
        QualifiedName table = require(line, add.table());
        catalog.addColumn(table, PostgresNames.truncate(add.column()));
      }
      case SchemaOperation.AddConstraint add ->
          addConstraint(line, require(line, add.table()), complete(add.constraint()));
      case SchemaOperation.CreateIndex create ->
          catalog.createIndex(require(line, create.table()), create.index());
      case SchemaOperation.CreateInside create ->
          catalog.createInside(require(line, create.relation()), complete(create.object()));
      case SchemaOperation.Drop drop -> drop(drop);
      case SchemaOperation.RenameRelation rename -> {
        require(line, relation(rename.from()));
        catalog.renameRelation(complete(rename.from()), complete(rename.to()));
      }
      case SchemaOperation.RenameColumn rename -> {
        touch(catalog.inChildren());
        catalog.renameColumn(
            require(line, rename.table()),
            PostgresNames.truncate(rename.from()),
            PostgresNames.truncate(rename.to()));
      }
      case SchemaOperation.RenameObject rename ->
          catalog.rename(complete(rename.from()), complete(rename.to()));
      case SchemaOperation.AlterTable alter -> require(line, alter.table());
      case SchemaOperation.Redefine o -> {}
      case SchemaOperation.Conditional o -> currentCertain = false;
      case SchemaOperation.SetSearchPath change -> {
        currentSchema = change.schema();
        notRead(line, "later scripts may or may not see the search path that this one sets");
      }
      case SchemaOperation.Unreadable piece -> {
        unread.add(
            new Unread(
                line, piece.reason(), piece.program().flatMap(SchemaOperation.Program::setting)));
        currentCertain = false;
        if (piece.program().isPresent()) {
          failures.add(new Expectation.Failure(current, "is a program, and nothing has run it"));
        }
        if (piece.isOpaque()) {
          opaque.add(current);
        }
        Set<ObjectName> named = catalog.named(piece.mayDrop());
        touch(named);
        named.forEach(object -> touch(catalog.mayGoWith(object, false)));
      }
    }
  }

  private static QualifiedName relation(ObjectName object) {
    return new QualifiedName(object.parts().get(0), object.parts().get(1));
  }

  private void notRead(int line, String reason) {
    unread.add(new Unread(line, reason));
    currentCertain = false;
  }

  private void touch(Set<ObjectName> objects) {
    if (!objects.isEmpty()) {
      possiblyTouched.computeIfAbsent(current, id -> new LinkedHashSet<>()).addAll(objects);
    }
  }

  private void createTable(SchemaOperation.CreateTable create) {
    QualifiedName table = complete(create.table());
    List<NewConstraint> constraints =
        create.constraints().stream().map(this::complete).sorted(NAMING).toList();
    for (NewConstraint constraint : constraints) {
      if (!constraint.references().equals(Optional.of(table))) {
        requireReferent(create.line(), constraint);
      }
    }
    if (catalog.containsRelation(table)) {
      return;
    }
    catalog.createRelation(ObjectKind.TABLE, table);
    create.columns().forEach(column -> catalog.addColumn(table, PostgresNames.truncate(column)));
    withoutRedundant(constraints).forEach(constraint -> catalog.addConstraint(table, constraint));
    create.indexes().forEach(index -> catalog.createIndex(table, index));
  }

  /**
   * PostgreSQL makes one index where a table declares several constraints on the same columns: the
   * first stays, and takes the name of a later one when it has none ({@code
   * transformIndexConstraints}).
   */
  private static List<NewConstraint> withoutRedundant(List<NewConstraint> constraints) {
    var kept = new ArrayList<NewConstraint>();
    for (NewConstraint constraint : constraints) {
      int same = indexOfSameColumns(kept, constraint);
      if (same < 0) {
        kept.add(constraint);
      } else if (kept.get(same).name().isEmpty()) {
        NewConstraint first = kept.get(same);
        kept.set(
            same,
            new NewConstraint(
                first.kind(), constraint.name(), first.columns(), first.references()));
      }
    }
    return kept;
  }

  private static int indexOfSameColumns(List<NewConstraint> kept, NewConstraint constraint) {
    for (int i = 0; i < kept.size(); i++) {
      if (hasPlainIndex(constraint)
          && hasPlainIndex(kept.get(i))
          && kept.get(i).columns().equals(constraint.columns())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean hasPlainIndex(NewConstraint constraint) {
    return switch (constraint.kind()) {
      case PRIMARY_KEY, UNIQUE -> true;
      case FOREIGN_KEY, CHECK, EXCLUSION -> false;
    };
  }

  private void addConstraint(int line, QualifiedName table, NewConstraint constraint) {
    requireReferent(line, constraint);
    if (!catalog.addConstraint(table, constraint)) {
      notRead(line, "the name of a check on `" + table + "` depends on columns that are not known");
    }
  }

  private void requireReferent(int line, NewConstraint constraint) {
    if (constraint.kind() == ConstraintKind.FOREIGN_KEY) {
      constraint.references().ifPresent(referent -> require(line, referent));
    }
  }

  private void drop(SchemaOperation.Drop drop) {
    ObjectName object = complete(drop.object());
    boolean inTable =
        switch (object.kind()) {
          case TABLE, COLUMN, CONSTRAINT -> true;
          case SCHEMA,
              EXTENSION,
              TYPE,
              SEQUENCE,
              INDEX,
              VIEW,
              MATERIALIZED_VIEW,
              FUNCTION,
              TRIGGER,
              POLICY ->
              false;
        };
    if (inTable && !drop.ifExists()) {
      require(drop.line(), relation(object));
    }
    if (drop.cascade()) {
      touch(catalog.dependents(object));
    }
    touch(catalog.mayGoWith(object, drop.cascade()));
    if (!drop.ifExists() && catalog.presume(object)) {
      foreign.put(object, current);
    }
    catalog.drop(object, drop.cascade());
  }

  // Gaps

  /** Notes a relation that must be there; returns its complete name. */
  private QualifiedName require(int line, QualifiedName name) {
    QualifiedName relation = complete(name);
    if (currentCertain
        && !catalog.containsRelation(relation)
        && !SYSTEM_SCHEMAS.contains(relation.schema())) {
      gaps.putIfAbsent(relation.toString(), new ChainGapDraft(current, line, relation));
    }
    return relation;
  }

  private List<ChainGap> chainGaps() {
    return gaps.values().stream()
        .map(
            gap ->
                new ChainGap(
                    gap.revision(),
                    gap.line(),
                    ObjectName.of(ObjectKind.TABLE, gap.relation()),
                    creators(gap.relation())))
        .toList();
  }

  private List<String> creators(QualifiedName relation) {
    return scripts.operations().entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(o -> creates(o, relation)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean creates(SchemaOperation operation, QualifiedName relation) {
    return operation.createdRelation().map(this::complete).filter(relation::equals).isPresent();
  }
}
