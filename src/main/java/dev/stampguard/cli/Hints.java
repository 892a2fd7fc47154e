package dev.stampguard.cli;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.repair.plan.Advice;
import dev.stampguard.service.Examination;
import dev.stampguard.service.repair.Foreseen;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.NotAllowed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the commands in hints whole: a rule knows neither that there are several tools, nor what
 * the project allows.
 *
 * @param project whose findings they end
 * @param notAllowed why nothing may run its scripts
 * @param gaps where they cannot run from nothing
 * @param foreseen what has to be allowed for a plan, as far as that is known
 */
record Hints(
    MigrationProject project,
    Optional<NotAllowed> notAllowed,
    Function<Examination, List<ChainGap>> gaps,
    Foreseen foreseen) {
  /**
   * A judgement with such hints.
   *
   * @param isOneOfSeveral whether commands have to say which tool they are about
   */
  Diagnosis of(Examination examination, boolean isOneOfSeveral) {
    Diagnosis whole = allowed(advised(examination));
    return isOneOfSeveral ? named(whole) : whole;
  }

  /** With commands that do what they say. */
  private Diagnosis advised(Examination examination) {
    return Advice.on(
        examination.diagnosis(),
        project::scripts,
        () -> gaps.apply(examination),
        plan ->
            foreseen.of(plan, examination.diagnosis().ledger().table(), notAllowed.isPresent()));
  }

  /** With commands that may run the scripts, where nobody allowed that yet. */
  private Diagnosis allowed(Diagnosis diagnosis) {
    return notAllowed.isEmpty()
        ? diagnosis
        : diagnosis.hinting(
            hint ->
                hint.replace(
                        "`stampguard diagnose --scratch auto`",
                        "`%s` (`driver-env=project` in `stampguard.properties` allows it for good)"
                            .formatted(NotAllowed.command("diagnose")))
                    .replace("`stampguard snapshot`", "`" + NotAllowed.command("snapshot") + "`")
                    .replace("`stampguard repair", "`" + NotAllowed.command("repair")));
  }

  /** With commands that say which of several tools they are about. */
  private Diagnosis named(Diagnosis diagnosis) {
    return diagnosis.hinting(
        hint -> hint.replace("`stampguard repair", "`stampguard repair --tool " + project.tool()));
  }
}
