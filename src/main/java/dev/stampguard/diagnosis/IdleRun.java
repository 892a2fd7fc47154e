package dev.stampguard.diagnosis;

import java.util.List;

/** Judges a command that said it succeeded by what it left behind: SG108 where that is nothing. */
public final class IdleRun {
  private IdleRun() {}

  /**
   * What is to be said after the command.
   *
   * @param before the judgement before it ran
   * @param after the judgement now
   * @param unchanged whether ledger and schema are what they were
   * @param command as a person would type it
   */
  public static Diagnosis judge(
      Diagnosis before, Diagnosis after, boolean unchanged, String command) {
    // Where all was done before, doing nothing is what was asked for.
    if (!unchanged || before.verdict() == Verdict.CONSISTENT) {
      return after;
    }
    List<String> undone =
        before.revisions().stream()
            .filter(IdleRun::isUndone)
            .map(revision -> revision.revision().id())
            .toList();
    if (undone.isEmpty()) {
      return after;
    }
    FindingCode code = FindingCode.SG108;
    return after.with(
        new Finding(
            code,
            code.severity(),
            code.title(),
            "`%s` said it succeeded, but ledger and schema are what they were before it ran: %s still not applied."
                .formatted(
                    command,
                    undone.size() == 1
                        ? "revision `%s` is".formatted(undone.getFirst())
                        : "%s from `%s` on are"
                            .formatted(Words.count(undone.size(), "revision"), undone.getFirst())),
            List.of(),
            undone,
            "compare the database it uses with `stampguard target`, and see that it commits;"
                + " `stampguard help SG108` tells more"));
  }

  /** What is only altered or incomplete, no upgrade promises to end. */
  private static boolean isUndone(RevisionDiagnosis revision) {
    return switch (revision.state()) {
      case PENDING, HALF_APPLIED, UNRECORDED, HOLLOW -> true;
      case APPLIED, PARTIAL, ALTERED, ASSUMED -> false;
    };
  }
}
