package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.RevisionGraph;
import java.util.List;
import java.util.Objects;

/**
 * Everything a diagnosis is made from.
 *
 * @param graph what the scripts say
 * @param ledger what the database claims
 * @param catalog what is physically there, ledgers included
 * @param expectation what each revision must leave behind
 * @param doubts reasons to think that this is not the database that was meant
 * @param edits scripts that were edited since their revisions were proven, oldest first
 * @param accepted drift somebody accepted
 * @param beside what other tools of the project have there
 */
public record Facts(
    RevisionGraph graph,
    Ledger ledger,
    CatalogSnapshot catalog,
    Expectation expectation,
    List<TargetDoubt> doubts,
    List<ScriptEdit> edits,
    List<AcceptedDrift> accepted,
    Beside beside) {
  public Facts {
    Objects.requireNonNull(graph);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(catalog);
    Objects.requireNonNull(expectation);
    doubts = List.copyOf(doubts);
    edits = List.copyOf(edits);
    accepted = List.copyOf(accepted);
    Objects.requireNonNull(beside);
  }

  /** Those of a project with one tool. */
  public Facts(
      RevisionGraph graph,
      Ledger ledger,
      CatalogSnapshot catalog,
      Expectation expectation,
      List<TargetDoubt> doubts,
      List<ScriptEdit> edits,
      List<AcceptedDrift> accepted) {
    this(graph, ledger, catalog, expectation, doubts, edits, accepted, Beside.NOTHING);
  }
}
