package dev.stampguard.service.source;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Scripts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A replay of the scripts; what could not run is taken from the scripts as they read.
 *
 * @param scripts what the scripts say
 * @param replayed what running them did
 * @param schema where names without a schema went when they ran
 * @param edits scripts edited since the lock file was written
 */
public record ReplaySource(
    Scripts scripts, Expectation replayed, String schema, List<ScriptEdit> edits)
    implements ExpectationSource {
  public ReplaySource {
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(replayed);
    Objects.requireNonNull(schema);
    edits = List.copyOf(edits);
  }

  @Override
  public CatalogDepth depth() {
    return CatalogDepth.DEFINITIONS;
  }

  /** A database whose names without a schema went elsewhere is judged by the scripts alone. */
  @Override
  public Expectation expectation(Inspection seen) {
    return seen.defaultSchema(scripts).equals(schema)
        ? ScriptExpectation.withChosenNames(completed(seen), scripts, schema, seen.catalog())
        : new ScriptSource(scripts).expectation(seen);
  }

  private boolean isTold(String revision) {
    return replayed.failures().stream().anyMatch(failure -> failure.revision().equals(revision));
  }

  private Expectation completed(Inspection seen) {
    if (replayed.revisions().keySet().containsAll(scripts.operations().keySet())) {
      return replayed;
    }
    Expectation mixed = ScriptExpectation.of(scripts, schema, seen.catalog(), replayed.revisions());
    return new Expectation(
        replayed.source(),
        mixed.revisions(),
        replayed.gaps(),
        mixed.possiblyTouched(),
        Stream.concat(
                replayed.failures().stream(),
                mixed.failures().stream().filter(failure -> !isTold(failure.revision())))
            .toList(),
        mixed.opaque());
  }
}
