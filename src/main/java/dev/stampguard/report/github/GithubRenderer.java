package dev.stampguard.report.github;

import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FindingPlaces;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.text.Printable;
import dev.stampguard.tool.Revision;
import java.util.List;
import java.util.Objects;

/**
 * Writes one annotation per finding and script, on the line that declares the revision. See
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands for the
 * form.
 */
public final class GithubRenderer {
  private final RunFacts run;

  public GithubRenderer(RunFacts run) {
    this.run = Objects.requireNonNull(run);
  }

  /** The report as lines, each a workflow command; nothing when there is nothing to say. */
  public String render(DiagnosisReport report) {
    var places = new FindingPlaces(report);
    var lines = new StringBuilder();
    for (Finding finding : report.findings()) {
      String title = finding.code().name() + " " + finding.title();
      String message = finding.detail() + "\nhint: " + finding.hint();
      List<Revision> scripts = places.of(finding);
      if (scripts.isEmpty()) {
        annotate(lines, finding.severity(), "title=" + property(title), message);
      }
      for (Revision script : scripts) {
        annotate(
            lines,
            finding.severity(),
            "file=%s,line=%s,title=%s"
                .formatted(
                    property(run.inRepository(script.file())), script.line(), property(title)),
            message);
      }
    }
    int accepted = report.ignored().size();
    if (accepted > 0) {
      annotate(
          lines,
          Severity.INFO,
          "title=stampguard accepted drift",
          "`%s`: %s left out"
              .formatted(report.target().database(), Words.count(accepted, "accepted difference")));
    }
    FindingPlaces.unexplainedFailure(report, run.outcome())
        .ifPresent(
            reason ->
                annotate(
                    lines,
                    Severity.ERROR,
                    "title=stampguard " + report.verdict().label(),
                    "`%s`: %s".formatted(report.target().database(), reason)));
    return lines.toString();
  }

  private static void annotate(
      StringBuilder lines, Severity severity, String properties, String message) {
    String command =
        switch (severity) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case INFO -> "notice";
        };
    lines
        .append("::")
        .append(command)
        .append(' ')
        .append(properties)
        .append("::")
        .append(data(message))
        .append('\n');
  }

  /** A message may have lines; whatever else a terminal obeys is made visible. */
  private static String data(String text) {
    return String.join("%0A", text.lines().map(GithubRenderer::escaped).toList());
  }

  private static String property(String text) {
    return escaped(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String escaped(String line) {
    return Printable.escape(line).replace("%", "%25");
  }
}
