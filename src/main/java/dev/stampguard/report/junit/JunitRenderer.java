package dev.stampguard.report.junit;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FindingPlaces;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.markup.Markup;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes one suite per target in the form Surefire publishes. A case is a revision; findings that
 * make the run fail are its failures, lighter ones its output; what is pending is skipped. Findings
 * without a script are cases of their own.
 */
public final class JunitRenderer {
  private final RunFacts run;

  public JunitRenderer(RunFacts run) {
    this.run = Objects.requireNonNull(run);
  }

  /** A test case: what makes it fail, and what it only has to say. */
  private record Case(
      String name,
      String classname,
      List<Finding> failures,
      List<Finding> remarks,
      boolean skipped) {
    static Case of(
        String name, String classname, List<Finding> findings, boolean skipped, RunFacts run) {
      var failures = new ArrayList<Finding>();
      var remarks = new ArrayList<Finding>();
      findings.forEach(
          finding ->
              (run.outcome().isFailing(finding.severity()) ? failures : remarks).add(finding));
      return new Case(name, classname, failures, remarks, skipped && failures.isEmpty());
    }
  }

  /** The report as an XML document. */
  public String render(DiagnosisReport report) {
    List<Case> cases = report.each().stream().flatMap(one -> cases(one).stream()).toList();
    var unexplained = FindingPlaces.unexplainedFailure(report, run.outcome());
    String classname = classname(report);
    long failed = cases.stream().filter(test -> !test.failures().isEmpty()).count();
    long skipped = cases.stream().filter(Case::skipped).count();
    var xml = new Markup();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.open("testsuites").line();
    xml.open(
            "testsuite",
            "name",
            "stampguard " + report.target().database(),
            "time",
            "0",
            "tests",
            String.valueOf(cases.size() + (unexplained.isPresent() ? 1 : 0)),
            "errors",
            "0",
            "skipped",
            String.valueOf(skipped),
            "failures",
            String.valueOf(failed + (unexplained.isPresent() ? 1 : 0)))
        .line();
    properties(xml, report);
    cases.forEach(test -> write(xml, test));
    unexplained.ifPresent(
        reason -> {
          openCase(xml, report.verdict().label(), classname);
          xml.element("failure", reason, "message", reason, "type", "verdict");
          xml.close().line();
        });
    xml.close().line();
    xml.close().line();
    return xml.toString();
  }

  private static String classname(DiagnosisReport report) {
    return report.toolName() + "." + report.diagnosis().ledger().table();
  }

  private List<Case> cases(DiagnosisReport report) {
    Diagnosis diagnosis = report.diagnosis();
    String classname = classname(report);
    var places = new FindingPlaces(report);
    Map<String, List<Finding>> byRevision = new LinkedHashMap<>();
    var alone = new ArrayList<Finding>();
    for (Finding finding : diagnosis.findings()) {
      List<Revision> scripts = places.of(finding);
      scripts.forEach(
          script -> byRevision.computeIfAbsent(script.id(), id -> new ArrayList<>()).add(finding));
      if (scripts.isEmpty()) {
        alone.add(finding);
      }
    }
    var cases = new ArrayList<Case>();
    for (RevisionDiagnosis judged : diagnosis.revisions()) {
      Revision revision = judged.revision();
      cases.add(
          Case.of(
              (revision.id() + " " + revision.message()).strip(),
              classname,
              byRevision.getOrDefault(revision.id(), List.of()),
              judged.state() == RevisionState.PENDING,
              run));
    }
    alone.forEach(
        finding ->
            cases.add(
                Case.of(
                    finding.code().name() + " " + finding.title(),
                    classname,
                    List.of(finding),
                    false,
                    run)));
    return cases;
  }

  private void properties(Markup xml, DiagnosisReport report) {
    xml.open("properties");
    property(xml, "stampguard.version", run.toolVersion());
    property(xml, "verdict", report.verdict().label());
    property(xml, "accepted differences", String.valueOf(report.ignored().size()));
    property(xml, "database", report.target().database());
    property(xml, "source", report.target().source());
    xml.close().line();
  }

  private static void property(Markup xml, String name, String value) {
    xml.empty("property", "name", name, "value", value);
  }

  private static void openCase(Markup xml, String name, String classname) {
    xml.open("testcase", "name", name, "classname", classname, "time", "0");
  }

  private static void write(Markup xml, Case test) {
    openCase(xml, test.name(), test.classname());
    for (Finding finding : test.failures()) {
      xml.open("failure", "message", title(finding), "type", finding.code().name())
          .lines(story(finding))
          .close();
    }
    if (test.skipped()) {
      xml.empty("skipped", "message", "pending");
    }
    if (!test.remarks().isEmpty()) {
      var remarks = test.remarks().stream().map(f -> title(f) + "\n" + story(f)).toList();
      xml.open("system-out").lines(String.join("\n\n", remarks)).close();
    }
    xml.close().line();
  }

  private static String title(Finding finding) {
    return finding.severity().label() + " " + finding.code().name() + " " + finding.title();
  }

  private static String story(Finding finding) {
    return finding.detail() + "\nhint: " + finding.hint();
  }
}
