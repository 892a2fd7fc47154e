package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.IgnoredObject;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The whole story of a diagnosis, for somebody who reads only the first lines: verdict, root cause,
 * then the evidence, then the ways out.
 */
final class DiagnosisText {
  private DiagnosisText() {}

  static void write(Page page, DiagnosisReport report) {
    boolean isAlone = report.others().isEmpty();
    verdict(page, report, isAlone);
    page.heading("Target");
    page.grid(2, TargetWords.facts(report.target()));
    TargetWords.warnings(page, report.target());
    for (DiagnosisReport tool : report.each()) {
      if (!isAlone) {
        tool(page, tool);
      }
      story(page, tool, isAlone);
    }
    extras(page, report);
    report.siblings().ifPresent(siblings -> siblings(page, siblings));
    if (isAlone) {
      report.repairs().ifPresent(ways -> WaysOutText.write(page, ways));
    }
    ignored(page, report.ignored());
    unused(page, report.unusedAcceptances());
  }

  /** The beginning of one of several tools' stories. */
  private static void tool(Page page, DiagnosisReport tool) {
    var verdict = tool.diagnosis().verdict();
    page.heading(
        Phrase.of(Role.EMPHASIS, tool.toolName())
            .plain(" in ")
            .name(tool.toolLocation())
            .plain(": ")
            .with(Role.of(verdict), verdict.label()));
    page.paragraph(0, RootCause.of(tool));
  }

  private static void story(Page page, DiagnosisReport report, boolean isAlone) {
    Diagnosis diagnosis = report.diagnosis();
    var missing = ObjectsByRevision.of(diagnosis, RevisionDiagnosis::missing);
    var different = ObjectsByRevision.of(diagnosis, RevisionDiagnosis::different);
    page.heading("Claims and truth");
    ClaimsText.write(page, report);
    if (!diagnosis.revisions().isEmpty()) {
      page.heading("Revisions, oldest first");
      RevisionTable.write(page, diagnosis);
    }
    missing.write(page, "Missing:", " owed by these revisions");
    different.write(page, "Different:", " not as these revisions left them");
    FindingsText.write(page, diagnosis.findings(), listed(diagnosis, missing, different));
    if (!isAlone && !diagnosis.findings().isEmpty()) {
      report.repairs().ifPresent(ways -> WaysOutText.write(page, ways));
      page.paragraph(
          2, Phrase.of("all of that with ").name("stampguard repair --tool " + report.toolName()));
    }
  }

  private static void verdict(Page page, DiagnosisReport report, boolean isAlone) {
    var verdict = report.verdict();
    page.paragraph(
        0,
        Phrase.of(Role.of(verdict), verdict.label() + ":")
            .plain(" ")
            .name(report.target().database())
            .plain(" on ")
            .with(Role.EMPHASIS, TargetWords.server(report.target())));
    if (isAlone) {
      page.blank();
      page.paragraph(0, RootCause.of(report));
    }
  }

  /** What findings need not list again. */
  private static Set<ObjectName> listed(
      Diagnosis diagnosis, ObjectsByRevision missing, ObjectsByRevision different) {
    var listed = new HashSet<>(diagnosis.extras());
    listed.addAll(missing.objects());
    listed.addAll(different.objects());
    return listed;
  }

  private static void extras(Page page, DiagnosisReport report) {
    List<ObjectName> extras = report.extras();
    if (extras.isEmpty()) {
      return;
    }
    page.heading(
        Phrase.of(Role.EMPHASIS, "Extras:")
            .plain(" ")
            .then(Count.byKind(extras))
            .plain(" that no revision creates; reported, never dropped"));
    page.list(2, extras, object -> Phrase.of(object.toString()));
  }

  private static void siblings(Page page, List<Sibling> siblings) {
    page.heading("Siblings: databases on this server with the same ledger");
    if (siblings.isEmpty()) {
      page.line(2, Phrase.of("none"));
    }
    var grid = new Grid(2);
    siblings.forEach(
        sibling ->
            grid.row(
                Phrase.of(Role.NAME, sibling.database()),
                Phrase.of(Role.of(sibling.verdict()), sibling.verdict().label()),
                Phrase.of(Words.count(sibling.tables(), "table"))));
    page.grid(2, grid);
  }

  private static void ignored(Page page, List<IgnoredObject> ignored) {
    if (ignored.isEmpty()) {
      return;
    }
    page.heading("Accepted drift: " + Words.count(ignored.size(), "object") + " ignored");
    var rules =
        ignored.stream()
            .collect(
                Collectors.groupingBy(
                    IgnoredObject::code,
                    TreeMap::new,
                    Collectors.groupingBy(
                        IgnoredObject::reason, TreeMap::new, Collectors.summingInt(object -> 1))));
    var grid = new Grid(2);
    rules.forEach(
        (code, reasons) ->
            reasons.forEach(
                (reason, objects) ->
                    grid.row(
                        Phrase.of(code.name()),
                        Phrase.of(Words.count(objects, "object")),
                        Phrase.of(reason))));
    page.grid(2, grid);
  }

  private static void unused(Page page, List<String> places) {
    if (!places.isEmpty()) {
      page.blank();
    }
    places.forEach(
        place ->
            page.paragraph(
                0,
                Phrase.of(Role.WARNING, "warning:")
                    .plain(" the rule at ")
                    .name(place)
                    .plain(" accepts drift that is not there")));
  }
}
