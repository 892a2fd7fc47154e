package dev.stampguard.expectation;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An expectation from a reference database: the scripts say which revision wrote an object last,
 * the reference says what it looks like.
 */
public final class ReferenceExpectation {
  private ReferenceExpectation() {}

  /**
   * Fills definitions from the reference into what the scripts say.
   *
   * <p>Only the last revision that the reference records of each object's writers gets the
   * reference's definition; what earlier and later ones made of it stays known by existence.
   * Objects that the reference has and no script explains are given to the one recorded revision
   * that could not be read completely, when there is exactly one: nothing else can have made them.
   *
   * @param scripts the expectation read from the scripts
   * @param graph the history
   * @param reference the reference database at full depth, its ledger left out
   * @param recorded the rows of the reference's ledger
   */
  public static Expectation of(
      Expectation scripts,
      RevisionGraph graph,
      CatalogSnapshot reference,
      Collection<String> recorded) {
    Set<String> applied = graph.closure(recorded);
    var lastWriter = new HashMap<ObjectName, String>();
    var owned = new HashSet<ObjectName>();
    for (Revision revision : graph.revisions()) {
      for (Effect effect : effects(scripts, revision.id())) {
        owned.add(effect.object());
        if (applied.contains(revision.id())) {
          lastWriter.put(effect.object(), revision.id());
        }
      }
    }
    Map<String, List<Effect>> unexplained = unexplained(scripts, graph, reference, applied, owned);
    var revisions = new LinkedHashMap<String, RevisionExpectation>();
    scripts
        .revisions()
        .forEach(
            (id, expected) -> {
              var effects = new ArrayList<Effect>();
              for (Effect effect : expected.effects()) {
                effects.add(
                    id.equals(lastWriter.get(effect.object()))
                        ? defined(effect, reference)
                        : effect);
              }
              effects.addAll(unexplained.getOrDefault(id, List.of()));
              revisions.put(
                  id, new RevisionExpectation(id, effects, expected.exact(), expected.unread()));
            });
    var opaque = new HashSet<>(scripts.opaque());
    opaque.removeAll(unexplained.keySet());
    return new Expectation(
        Expectation.Source.REFERENCE,
        revisions,
        scripts.gaps(),
        scripts.possiblyTouched(),
        scripts.failures(),
        opaque);
  }

  private static List<Effect> effects(Expectation scripts, String revision) {
    return Optional.ofNullable(scripts.revisions().get(revision))
        .map(RevisionExpectation::effects)
        .orElse(List.of());
  }

  private static Effect defined(Effect effect, CatalogSnapshot reference) {
    Optional<Definition> definition = reference.find(effect.object());
    return effect.after().isPresent() && definition.isPresent()
        ? new Effect(effect.object(), effect.relation(), effect.before(), definition)
        : effect;
  }

  private static Map<String, List<Effect>> unexplained(
      Expectation scripts,
      RevisionGraph graph,
      CatalogSnapshot reference,
      Set<String> applied,
      Set<ObjectName> owned) {
    List<String> unread =
        graph.revisions().stream()
            .map(Revision::id)
            .filter(applied::contains)
            .filter(
                id ->
                    Optional.ofNullable(scripts.revisions().get(id))
                        .filter(expected -> !expected.exact())
                        .isPresent())
            .toList();
    if (unread.size() != 1) {
      return Map.of();
    }
    List<Effect> effects =
        reference.objects().values().stream()
            .filter(object -> !owned.contains(object.name()))
            .map(ReferenceExpectation::creation)
            .collect(Collectors.toList());
    return Map.of(unread.getFirst(), effects);
  }

  private static Effect creation(CatalogObject object) {
    return new Effect(
        object.name(), object.relation(), Optional.empty(), Optional.of(object.definition()));
  }
}
