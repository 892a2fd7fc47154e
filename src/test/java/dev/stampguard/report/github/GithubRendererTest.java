package dev.stampguard.report.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.report.Incident;
import dev.stampguard.report.Runs;
import dev.stampguard.report.Samples;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GithubRendererTest {
  /** What the runner itself reads: a command, properties without the signs that end them, data. */
  private static final Pattern COMMAND =
      Pattern.compile("::(error|warning|notice) ([a-z]+=[^:,]*(?:,[a-z]+=[^:,]*)*)::[^\\r\\n]*");

  @Test
  void eachFindingIsShownAtEachOfItsScripts() {
    List<String> lines =
        lines(new GithubRenderer(Runs.failed()).render(Incident.check(Incident.inconsistent())));

    assertThat(lines).hasSize(11 + 1 + 1).allSatisfy(line -> assertThat(line).matches(COMMAND));
    assertThat(lines.getFirst())
        .startsWith(
            "::error file=services/planner/"
                + Incident.inconsistent().revisions().get(1).revision().file()
                + ",line="
                + Incident.inconsistent().revisions().get(1).revision().line()
                + ",title=SG102 hollow%3A the newest recorded revisions were never applied::")
        .contains("The ledger records 11 revisions")
        .contains("%0Ahint: set the ledger back");
    assertThat(lines.get(11)).startsWith("::warning file=");
  }

  @Test
  void aFindingWithoutAScriptHasNoFile() {
    String last = lines(new GithubRenderer(Runs.failed()).render(Incident.diagnose())).getLast();

    assertThat(last).startsWith("::notice title=SG112 orphan objects").doesNotContain("file=");
  }

  @Test
  void namesEndNeitherACommandNorAProperty() {
    String output = new GithubRenderer(Runs.failed()).render(Samples.hostile());

    assertThat(lines(output)).hasSize(1).allSatisfy(line -> assertThat(line).matches(COMMAND));
    assertThat(output)
        .doesNotContain("\u001b", "\u202e")
        .contains("\\x1b")
        .contains("%0A\\x9bname");
  }

  private static final String ACCEPTED =
      "::notice title=stampguard accepted drift::`devmatrix`: 3 accepted differences left out\n";

  @Test
  void aHealthyDatabaseSaysNothingButWhatWasAccepted() {
    assertThat(new GithubRenderer(Runs.fine()).render(Incident.check(Incident.consistent())))
        .isEmpty();
    assertThat(new GithubRenderer(Runs.fine()).render(Incident.check(Incident.behind())))
        .isEqualTo(ACCEPTED);
  }

  @Test
  void aRunThatFailsForWhatIsNoFindingSaysWhy() {
    var run = Runs.of(ExitCode.FINDINGS, Severity.ERROR, "");

    assertThat(new GithubRenderer(run).render(Incident.check(Incident.behind())))
        .isEqualTo(
            ACCEPTED
                + "::error title=stampguard behind::`devmatrix`: revisions are pending, and the run requires"
                + " the head\n");
  }

  @Test
  void aPercentSignStaysOne() {
    assertThat(
            new GithubRenderer(Runs.of(ExitCode.FINDINGS, Severity.ERROR, "100%,a:b"))
                .render(Incident.check(Incident.inconsistent())))
        .startsWith("::error file=100%25%2Ca%3Ab/");
  }

  private static List<String> lines(String output) {
    return output.lines().toList();
  }
}
