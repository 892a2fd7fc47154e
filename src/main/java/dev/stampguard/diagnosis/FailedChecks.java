package dev.stampguard.diagnosis;

import dev.stampguard.tool.OwnCheck;
import dev.stampguard.tool.OwnCheck.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds what the project's own checks found to a judgement: as evidence to what is said of the
 * revision, or as a warning where nothing else is. The verdict stays: it is about what scripts
 * leave behind, and a check may ask for something else, such as data.
 */
public final class FailedChecks {
  private FailedChecks() {}

  /** The same judgement with the checks that failed. */
  public static Diagnosis judge(Diagnosis diagnosis, List<OwnCheck> checks) {
    Diagnosis judged = diagnosis;
    for (OwnCheck check : checks) {
      if (check.result() == Result.FAILED) {
        judged = judge(judged, check);
      }
    }
    return judged;
  }

  private static Diagnosis judge(Diagnosis diagnosis, OwnCheck check) {
    var findings = new ArrayList<>(diagnosis.findings());
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      if (finding.severity() != Severity.INFO && finding.revisions().contains(check.revision())) {
        findings.set(
            i,
            finding.adding(
                " The project's own check of `%s` fails as well (`%s`: %s)."
                    .formatted(check.revision(), check.place(), check.message())));
        return diagnosis.with(findings);
      }
    }
    return diagnosis.with(
        new Finding(
            FindingCode.SG105,
            Severity.WARNING,
            "the project's own check of a revision fails",
            "The check of `%s` fails, although the scripts find nothing missing: `%s`: %s."
                .formatted(check.revision(), check.place(), check.message()),
            List.of(),
            List.of(check.revision()),
            "look at the check; what it wants may be data, or belong to a later revision"));
  }
}
