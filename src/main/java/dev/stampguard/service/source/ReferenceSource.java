package dev.stampguard.service.source;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.ReferenceExpectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolTable;
import java.util.List;
import java.util.Objects;

/**
 * A database that is known to be right.
 *
 * @param scripts say which revision wrote an object
 * @param reference says what it looks like
 */
public record ReferenceSource(Scripts scripts, Inspection reference) implements ExpectationSource {
  public ReferenceSource {
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(reference);
  }

  @Override
  public CatalogDepth depth() {
    return CatalogDepth.DEFINITIONS;
  }

  @Override
  public Expectation expectation(Inspection seen) {
    return ReferenceExpectation.of(
        new ScriptSource(scripts).expectation(seen),
        scripts.graph(),
        withoutOwn(reference),
        reference.ledger().rows());
  }

  /** No revision makes what migration tools keep for themselves. */
  private static CatalogSnapshot withoutOwn(Inspection seen) {
    CatalogSnapshot catalog = seen.catalog().withoutRelation(seen.ledger().table());
    for (QualifiedName companion : seen.ledger().companions()) {
      catalog = catalog.withoutRelation(companion);
    }
    for (ToolTable other : seen.ledger().beside()) {
      catalog = catalog.withoutRelation(other.table());
    }
    return catalog;
  }

  @Override
  public List<ScriptEdit> edits() {
    return List.of();
  }
}
