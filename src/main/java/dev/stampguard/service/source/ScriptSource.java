package dev.stampguard.service.source;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Scripts;
import java.util.List;
import java.util.Objects;

/** The scripts as they read: existence only. */
public record ScriptSource(Scripts scripts) implements ExpectationSource {
  public ScriptSource {
    Objects.requireNonNull(scripts);
  }

  @Override
  public CatalogDepth depth() {
    return CatalogDepth.NAMES;
  }

  @Override
  public Expectation expectation(Inspection seen) {
    return ScriptExpectation.of(scripts, seen.defaultSchema(scripts), seen.catalog());
  }

  @Override
  public List<ScriptEdit> edits() {
    return List.of();
  }
}
