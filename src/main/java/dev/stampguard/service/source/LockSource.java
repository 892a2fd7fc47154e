package dev.stampguard.service.source;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.LockExpectation;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.expectation.lock.ScriptEdits;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The project's lock file, as far as the scripts have not moved on.
 *
 * @param scripts what the scripts say now
 * @param lock what was written down
 * @param drift how both differ
 */
public record LockSource(Scripts scripts, LockFile lock, LockDrift drift)
    implements ExpectationSource {
  public LockSource {
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(lock);
    Objects.requireNonNull(drift);
  }

  @Override
  public CatalogDepth depth() {
    return CatalogDepth.DEFINITIONS;
  }

  /** A database whose names without a schema go elsewhere is judged by the scripts alone. */
  @Override
  public Expectation expectation(Inspection seen) {
    if (!seen.defaultSchema(scripts).equals(lock.schema())) {
      return new ScriptSource(scripts).expectation(seen);
    }
    Expectation locked =
        LockExpectation.of(
            lock, scripts, drift, seen.ledger().recorded(scripts.graph()), seen.catalog());
    return ScriptExpectation.withChosenNames(locked, scripts, lock.schema(), seen.catalog());
  }

  @Override
  public List<ScriptEdit> edits() {
    return drift.edited().stream()
        .map(revision -> new ScriptEdit(revision, ScriptEdit.Meaning.UNKNOWN, List.of()))
        .toList();
  }

  /**
   * What the edits come to.
   *
   * @param replayed what the scripts do now
   */
  public List<ScriptEdit> edits(Expectation replayed) {
    return ScriptEdits.of(lock, drift, replayed);
  }

  /**
   * Whether a script changed that does not tell itself what it does: what is known of it is of
   * another edition, and counts by name only.
   */
  public boolean isBlurred() {
    return Stream.concat(drift.edited().stream(), drift.reparented().stream())
        .anyMatch(this::isUnreadable);
  }

  /**
   * Whether the lock knows revisions that could not be run and do not tell themselves what they do.
   */
  public boolean knowsMore(Replay replay) {
    Set<String> ran = replay.expectation().revisions().keySet();
    return scripts.graph().revisions().stream()
        .map(Revision::id)
        .filter(id -> !ran.contains(id) && isUnreadable(id))
        .flatMap(id -> Optional.ofNullable(lock.revisions().get(id)).stream())
        .anyMatch(locked -> locked.expectation().filter(RevisionExpectation::exact).isPresent());
  }

  private boolean isUnreadable(String revision) {
    List<SchemaOperation> operations = scripts.operations().get(revision);
    return operations == null
        || operations.stream().anyMatch(SchemaOperation.Unreadable.class::isInstance);
  }

  /**
   * Whether the lock says all there is to know about a database with this ledger: no script of a
   * recorded revision is new or edited.
   */
  public boolean knows(Ledger ledger) {
    var recorded = ledger.recorded(scripts.graph());
    return drift.edited().isEmpty()
        && drift.reparented().isEmpty()
        && drift.added().stream().noneMatch(recorded::contains);
  }
}
