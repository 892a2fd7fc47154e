package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.expectation.lock.CatalogFingerprint;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.repair.plan.Proof;
import dev.stampguard.tool.Inspection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Looks at what a transaction made, before it is committed.
 *
 * @param proof what must be true in the end
 * @param judge makes a diagnosis of what is seen
 */
record Verification(Proof proof, Function<Inspection, Diagnosis> judge) {
  Verification {
    Objects.requireNonNull(proof);
    Objects.requireNonNull(judge);
  }

  /**
   * Requires that the whole repair is done and right.
   *
   * @param exitCode how the run ends otherwise: refused for a rehearsal, else change failed
   * @return what is there now
   * @throws StampguardException naming what speaks against it
   */
  Standing requireEnd(StepTransaction transaction, ExitCode exitCode) {
    Inspection now = transaction.look();
    List<String> objections = proof.objections(withoutLedgers(now), judge.apply(now));
    if (!objections.isEmpty()) {
      throw new StampguardException(
          exitCode,
          "the repair does not lead where it should, and %s: %s"
              .formatted(
                  exitCode == ExitCode.REFUSED
                      ? "nothing was changed"
                      : "everything is rolled back",
                  objections.getFirst()),
          "choose another way with `--strategy`; `stampguard diagnose` lists them");
    }
    return standing(now);
  }

  /** What is there now. */
  static Standing standing(StepTransaction transaction) {
    return standing(transaction.look());
  }

  /** What an inspection saw. */
  static Standing standing(Inspection seen) {
    return new Standing(
        CatalogFingerprint.of(withoutLedgers(seen).objects().values()).hex(),
        seen.ledger().standing());
  }

  /** The catalog without any ledger of the tool. */
  static CatalogSnapshot withoutLedgers(Inspection seen) {
    CatalogSnapshot catalog = seen.catalog().withoutRelation(seen.ledger().table());
    for (QualifiedName other : seen.ledger().others()) {
      catalog = catalog.withoutRelation(other);
    }
    return catalog;
  }
}
