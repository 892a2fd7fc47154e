package dev.stampguard.report;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An object that is not as its revision left it.
 *
 * @param object the object
 * @param revision the id of the revision that is charged with it
 * @param expected what it should be; empty when it should not be there
 * @param found what it is; empty when it is not there
 */
public record Discrepancy(
    ObjectName object, String revision, Optional<Sketch> expected, Optional<Sketch> found) {
  public Discrepancy {
    Objects.requireNonNull(object);
    Objects.requireNonNull(revision);
    Objects.requireNonNull(expected);
    Objects.requireNonNull(found);
  }

  /**
   * What an object looks like, as far as that is known.
   *
   * @param definition its text, which may have several lines; empty when only its existence is
   *     known
   * @param parts of a relation what lies inside it, one text each
   */
  public record Sketch(Optional<String> definition, List<String> parts) {
    public Sketch {
      Objects.requireNonNull(definition);
      parts = List.copyOf(parts);
    }
  }

  /**
   * Everything that is missing or different, in the order of the revisions charged with it. What
   * merely waits to be applied owes nothing yet.
   */
  public static List<Discrepancy> all(
      Diagnosis diagnosis, Expectation expectation, CatalogSnapshot catalog) {
    Map<ObjectName, Effect> standing = new TreeMap<>();
    diagnosis.revisions().stream()
        .filter(RevisionDiagnosis::recorded)
        .flatMap(judged -> effects(expectation, judged))
        .forEach(effect -> standing.put(effect.object(), effect));
    var all = new ArrayList<Discrepancy>();
    for (RevisionDiagnosis judged : diagnosis.revisions()) {
      if (judged.state() == RevisionState.PENDING) {
        continue;
      }
      Map<ObjectName, Effect> after = standing;
      if (!judged.recorded()) {
        after = new TreeMap<>(standing);
        for (Effect effect : effects(expectation, judged).toList()) {
          after.put(effect.object(), effect);
        }
      }
      Map<ObjectName, Effect> state = after;
      Stream.concat(judged.missing().stream(), judged.different().stream())
          .map(
              object ->
                  new Discrepancy(
                      object,
                      judged.revision().id(),
                      expected(object, state),
                      found(object, catalog)))
          .forEach(all::add);
    }
    return all;
  }

  private static Stream<Effect> effects(Expectation expectation, RevisionDiagnosis judged) {
    RevisionExpectation expected = expectation.revisions().get(judged.revision().id());
    return expected == null ? Stream.of() : expected.effects().stream();
  }

  private static Optional<Sketch> expected(ObjectName object, Map<ObjectName, Effect> standing) {
    Effect effect = standing.get(object);
    if (effect == null) {
      return Optional.of(new Sketch(Optional.empty(), List.of()));
    }
    return effect
        .after()
        .map(
            definition ->
                new Sketch(
                    text(definition),
                    parts(
                        object,
                        standing.values().stream()
                            .filter(inside -> inside.after().isPresent())
                            .map(
                                inside ->
                                    new CatalogObject(
                                        inside.object(),
                                        inside.relation(),
                                        inside.after().get())))));
  }

  private static Optional<Sketch> found(ObjectName object, CatalogSnapshot catalog) {
    return catalog
        .find(object)
        .map(
            definition ->
                new Sketch(text(definition), parts(object, catalog.objects().values().stream())));
  }

  private static List<String> parts(ObjectName relation, Stream<CatalogObject> objects) {
    if (!relation.kind().isRelation()) {
      return List.of();
    }
    var name = new QualifiedName(relation.parts().get(0), relation.parts().get(1));
    return objects
        .filter(object -> object.relation().equals(Optional.of(name)))
        .map(
            object ->
                object.name().kind().label()
                    + " "
                    + object.name().parts().getLast()
                    + text(object.definition()).map(text -> ": " + text).orElse(""))
        .toList();
  }

  private static Optional<String> text(Definition definition) {
    return switch (definition) {
      case Definition.Existence e -> Optional.empty();
      case Definition.Canonical c -> Optional.of(c.fullText());
    };
  }
}
