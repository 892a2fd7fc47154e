package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.tool.RevisionGraph;
import java.util.List;
import java.util.Set;

/**
 * What other migration tools of the same project have in the database that is judged by one: none
 * of it is extra there.
 *
 * @param tools the names of all the project's tools, the one that judges included; empty when
 *     nobody said which there are
 * @param ledgers tables that the others keep for themselves
 * @param owners what the others' revisions leave behind
 */
public record Beside(Set<String> tools, Set<QualifiedName> ledgers, List<Owner> owners) {
  /** Nothing is known of any other. */
  public static final Beside NOTHING = new Beside(Set.of(), Set.of(), List.of());

  public Beside {
    tools = Set.copyOf(tools);
    ledgers = Set.copyOf(ledgers);
    owners = List.copyOf(owners);
  }

  /** Another tool's revisions. */
  public record Owner(RevisionGraph graph, Expectation expectation) {}

  /** Which objects the others' revisions own; to be asked about many. */
  Owned owned() {
    return new Owned(
        owners.stream()
            .map(owner -> new ObjectHistory(owner.graph(), owner.expectation()))
            .toList());
  }

  /** The histories of all others. */
  record Owned(List<ObjectHistory> histories) {
    /** Whether one of them owns the object, or the relation it lies inside. */
    boolean has(CatalogObject object) {
      return histories.stream()
          .anyMatch(
              history ->
                  history.isOwned(object.name())
                      || object.relation().stream()
                          .flatMap(relation -> ObjectHistory.asRelation(relation).stream())
                          .anyMatch(history::isMade));
    }

    /** Whether one of them has anything in a schema. */
    boolean hasWritesIn(ObjectName schema) {
      return histories.stream().anyMatch(history -> history.hasWritesIn(schema.simpleName()));
    }
  }
}
