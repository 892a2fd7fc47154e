package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MissingObject;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names as scripts and the server say them, completed by the schema that names without one stand
 * for. A relation of whatever kind goes by the name of a table: who needs one does not say more.
 *
 * @param scripts what the scripts do, as they read
 * @param defaultSchema the schema
 */
record Names(Scripts scripts, String defaultSchema) {
  private static final String ARRAY = "[]";

  /**
   * The object that a statement did not find. What lives in a relation the server often names
   * without it; then it is the relation that the script works on at that line.
   *
   * @param line where the script's statement is
   * @return empty when the relation is not known
   */
  Optional<ObjectName> of(MissingObject missing, String revision, int line) {
    String name = missing.name();
    return switch (missing.kind()) {
      case SCHEMA, EXTENSION -> Optional.of(ObjectName.of(missing.kind(), name));
      case FUNCTION -> {
        int open = name.indexOf('(');
        QualifiedName own = qualified(name.substring(0, open));
        String arguments = name.substring(open + 1, name.length() - 1);
        yield Optional.of(ObjectName.function(own.schema(), own.name(), arguments));
      }
      case TYPE ->
          Optional.of(
              ObjectName.of(
                  ObjectKind.TYPE,
                  qualified(
                      name.endsWith(ARRAY)
                          ? name.substring(0, name.length() - ARRAY.length())
                          : name)));
      case TABLE, VIEW, MATERIALIZED_VIEW ->
          Optional.of(ObjectName.of(ObjectKind.TABLE, qualified(name)));
      case SEQUENCE, INDEX -> Optional.of(ObjectName.of(missing.kind(), qualified(name)));
      case COLUMN, CONSTRAINT, TRIGGER, POLICY ->
          relationAt(revision, line)
              .filter(relation -> missing.relation().map(relation.name()::equals).orElse(true))
              .or(() -> missing.relation().map(this::qualified))
              .map(relation -> ObjectName.inside(missing.kind(), relation, name));
    };
  }

  private QualifiedName qualified(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? new QualifiedName(defaultSchema, name)
        : new QualifiedName(name.substring(0, dot), name.substring(dot + 1));
  }

  /** The relation that the last operation up to a line works on. */
  private Optional<QualifiedName> relationAt(String revision, int line) {
    return operations(revision).stream()
        .filter(operation -> operation.line() <= line)
        .reduce((earlier, later) -> later.line() >= earlier.line() ? later : earlier)
        .flatMap(Names::relation)
        .map(this::complete);
  }

  private static Optional<QualifiedName> relation(SchemaOperation operation) {
    return switch (operation) {
      case SchemaOperation.AddColumn o -> Optional.of(o.table());
      case SchemaOperation.AddConstraint o -> Optional.of(o.table());
      case SchemaOperation.CreateIndex o -> Optional.of(o.table());
      case SchemaOperation.CreateInside o -> Optional.of(o.relation());
      case SchemaOperation.RenameColumn o -> Optional.of(o.table());
      case SchemaOperation.AlterTable o -> Optional.of(o.table());
      case SchemaOperation.Drop o -> relation(o.object());
      case SchemaOperation.RenameObject o -> relation(o.from());
      case SchemaOperation.CreateTable o -> Optional.empty();
      case SchemaOperation.CreateObject o -> Optional.empty();
      case SchemaOperation.RenameRelation o -> Optional.empty();
      case SchemaOperation.Redefine o -> Optional.empty();
      case SchemaOperation.Conditional o -> Optional.empty();
      case SchemaOperation.SetSearchPath o -> Optional.empty();
      case SchemaOperation.Unreadable o -> Optional.empty();
    };
  }

  private static Optional<QualifiedName> relation(ObjectName object) {
    return object.parts().size() == 3
        ? Optional.of(new QualifiedName(object.parts().get(0), object.parts().get(1)))
        : Optional.empty();
  }

  /** What a revision makes under names that can be read. */
  Set<ObjectName> made(String revision) {
    return operations(revision).stream()
        .flatMap(this::made)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<ObjectName> made(SchemaOperation operation) {
    Stream<ObjectName> relation =
        operation.createdRelation().stream()
            .map(name -> ObjectName.of(ObjectKind.TABLE, complete(name)));
    Stream<ObjectName> inside =
        Addition.of(operation).stream().map(made -> made.in(complete(made.relation())));
    Stream<ObjectName> other =
        operation instanceof SchemaOperation.CreateObject create
                && !create.object().kind().isRelation()
            ? Stream.of(complete(create.object()))
            : Stream.empty();
    return Stream.of(relation, inside, other).flatMap(stream -> stream);
  }

  /** What a revision and those to come add to a relation that none of them makes. */
  Set<ObjectName> later(String revision, QualifiedName relation) {
    return scripts.graph().revisions().stream()
        .map(Revision::id)
        .dropWhile(id -> !id.equals(revision))
        .flatMap(id -> operations(id).stream())
        .flatMap(operation -> Addition.of(operation).stream())
        .filter(addition -> complete(addition.relation()).equals(relation))
        .map(addition -> addition.in(relation))
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<SchemaOperation> operations(String revision) {
    return scripts.operations().getOrDefault(revision, List.of());
  }

  private QualifiedName complete(QualifiedName name) {
    return name.schema().equals(SchemaOperation.SEARCH_PATH)
        ? new QualifiedName(defaultSchema, name.name())
        : name;
  }

  private ObjectName complete(ObjectName object) {
    if (!object.parts().getFirst().equals(SchemaOperation.SEARCH_PATH)) {
      return object;
    }
    var parts = new ArrayList<>(object.parts());
    parts.set(0, defaultSchema);
    return new ObjectName(object.kind(), parts, object.arguments());
  }
}
