package dev.stampguard.service.source;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.SchemaAlias;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.SearchPaths;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is known of the schema that names without one went to, for another schema that the scripts
 * were run for too.
 *
 * <p>Only names are put from one schema into the other. Definitions are compared in the words of
 * the first: there they may name what is in it and stays there, such as the types of an extension,
 * and what of it would have to be called otherwise cannot be told. So a database is to be read with
 * {@link #alias()} applied to its definitions.
 *
 * @param inner knows it
 * @param scripts say what is in one schema whatever a search path says
 * @param alias the schema at hand, under the name of the one that is known
 */
public record SchemaSource(ExpectationSource inner, Scripts scripts, SchemaAlias alias)
    implements ExpectationSource {
  public SchemaSource {
    Objects.requireNonNull(inner);
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(alias);
  }

  /** The same source for another schema; the scripts alone are good for any. */
  public static ExpectationSource of(ExpectationSource source, Scripts scripts, String schema) {
    return known(source, scripts)
        .filter(from -> !from.equals(schema))
        .<ExpectationSource>map(
            from -> new SchemaSource(source, scripts, new SchemaAlias(schema, from)))
        .orElse(source);
  }

  /** The schema a source speaks of; empty when it speaks of whatever is looked at. */
  private static Optional<String> known(ExpectationSource source, Scripts scripts) {
    return switch (source) {
      case LockSource lock -> Optional.of(lock.lock().schema());
      case ReplaySource replay -> Optional.of(replay.schema());
      case ReferenceSource reference -> Optional.of(reference.reference().defaultSchema(scripts));
      case SchemaSource schema -> Optional.of(schema.alias().schema());
      case ScriptSource s -> Optional.empty();
    };
  }

  @Override
  public CatalogDepth depth() {
    return inner.depth();
  }

  @Override
  public Expectation expectation(Inspection seen) {
    return inner.expectation(aliased(seen)).in(alias.reversed(), stays());
  }

  private Inspection aliased(Inspection seen) {
    Predicate<QualifiedName> stays = stays();
    var objects = new TreeMap<ObjectName, CatalogObject>();
    for (CatalogObject object : seen.catalog().objects().values()) {
      CatalogObject renamed = alias.name(object);
      // What the scripts put into the known schema by its name is there and nowhere else.
      if (!stays.test(renamed.name().home(renamed.relation())) || renamed.equals(object)) {
        objects.put(renamed.name(), renamed);
      }
    }
    var paths = new SearchPaths(List.of(alias.alias()), Optional.empty(), List.of());
    return new Inspection(
        new CatalogSnapshot(
            seen.catalog().serverVersion(),
            objects,
            seen.catalog().invalidIndexes().stream()
                .map(alias::name)
                .collect(Collectors.toUnmodifiableSet())),
        seen.ledger().in(alias),
        paths);
  }

  /** What the scripts create under the known schema's name. */
  private Predicate<QualifiedName> stays() {
    Set<QualifiedName> named =
        scripts.operations().values().stream()
            .flatMap(List::stream)
            .map(SchemaSource::created)
            .flatMap(Optional::stream)
            .filter(name -> name.schema().equals(alias.alias()))
            .collect(Collectors.toUnmodifiableSet());
    return named::contains;
  }

  private static Optional<QualifiedName> created(SchemaOperation operation) {
    return operation instanceof SchemaOperation.CreateObject create
        ? Optional.of(create.object().home(Optional.empty()))
        : operation.createdRelation();
  }

  @Override
  public List<ScriptEdit> edits() {
    return inner.edits();
  }
}
