package dev.stampguard.cli;

import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RunSettings;
import java.util.List;

/** Says of a lock file that no database will be healthy by it, and what would change that. */
final class UnjudgedRemark {
  private static final String CODE = FindingCode.SG111.name();

  private final Setup setup;
  private final MigrationProject project;
  private final RunSettings run;

  UnjudgedRemark(Setup setup, MigrationProject project, RunSettings run) {
    this.setup = setup;
    this.project = project;
    this.run = run;
  }

  /**
   * Says so of these revisions, unless somebody accepted that they are not judged.
   *
   * @param unjudged ids, oldest first
   */
  void of(List<String> unjudged) {
    List<String> untold = unjudged.stream().filter(id -> !isAccepted(id)).toList();
    if (!untold.isEmpty()) {
      setup.warn(
          "nothing tells what %s behind, so a database that records %s is unknown by this file (exit code 3)"
              .formatted(
                  names(untold) + (untold.size() == 1 ? " leaves" : " leave"),
                  untold.size() == 1 ? "it" : "them"));
      setup.hint(
          "%s, then `stampguard snapshot`; or accept that it is not judged: `ignore=%s:revision %s # why`"
              .formatted(
                  project
                      .lack(run, untold)
                      .map(Lack::remedy)
                      .orElse("mend the script so that it runs in an empty database"),
                  CODE,
                  untold.getFirst()));
    }
  }

  private boolean isAccepted(String revision) {
    return setup.configuration().ignores().stream()
        .anyMatch(rule -> rule.matches(CODE, "revision " + revision));
  }
}
