package dev.stampguard.report.html;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.markup.Markup;
import dev.stampguard.report.text.RootCause;
import dev.stampguard.report.text.TargetWords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What somebody reads who reads nothing else: verdict, target, story, the history at a glance. */
final class HeaderPart {
  private HeaderPart() {}

  static void write(Markup page, DiagnosisReport report) {
    Diagnosis diagnosis = report.diagnosis();
    page.open("header").line();
    page.element("p", "stampguard: does the schema hold what its ledger claims?", "class", "tool")
        .line();
    page.open("h1", "class", "v-" + diagnosis.verdict().label());
    verdict(page, diagnosis.verdict());
    page.text(" ").element("span", report.target().database(), "class", "database").text(" ");
    page.element("span", "on " + TargetWords.server(report.target()), "class", "server");
    page.close().line();
    Prose.paragraph(page, RootCause.text(report), "class", "story");
    glance(page, diagnosis.revisions());
    contents(page, report);
    page.close().line();
  }

  private static void verdict(Markup page, Verdict verdict) {
    String sign =
        switch (verdict) {
          case CONSISTENT -> "M3,8.5 L6.5,12 L13,4.5";
          case BEHIND -> "M8,3.5 V8 L11,10.5";
          case INCONSISTENT -> "M4.5,4.5 L11.5,11.5 M11.5,4.5 L4.5,11.5";
          case UNKNOWN -> "M5.5,6 A2.5,2.5 0 1 1 8,8.5 V10 M8,12.2 V12.6";
        };
    page.open("span", "class", "verdict");
    page.open("svg", "viewBox", "0 0 16 16", "width", "18", "height", "18", "aria-hidden", "true");
    page.empty("path", "d", sign);
    page.close().text(verdict.label()).close();
  }

  /** Every revision as a slice of one bar, oldest left; the counts below say the same. */
  private static void glance(Markup page, List<RevisionDiagnosis> revisions) {
    if (revisions.isEmpty()) {
      return;
    }
    Map<RevisionState, Integer> counts = new EnumMap<>(RevisionState.class);
    revisions.forEach(judged -> counts.merge(judged.state(), 1, Integer::sum));
    var words = new ArrayList<String>();
    counts.forEach((state, count) -> words.add(count + " " + state.label()));
    page.open(
        "svg",
        "class",
        "glance",
        "viewBox",
        "0 0 " + revisions.size() + " 1",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        "%s, oldest first: %s"
            .formatted(Words.count(revisions.size(), "revision"), String.join(", ", words)));
    int from = 0;
    while (from < revisions.size()) {
      RevisionState state = revisions.get(from).state();
      int to = from;
      while (to < revisions.size() && revisions.get(to).state() == state) {
        to++;
      }
      page.empty(
          "rect",
          "class",
          StateLook.css(state),
          "x",
          "" + from,
          "y",
          "0",
          "width",
          "" + (to - from),
          "height",
          "1");
      from = to;
    }
    page.close().line();
    page.open("ul", "class", "counts", "aria-label", "Revisions by state");
    counts.forEach(
        (state, count) -> {
          page.open("li", "title", StateLook.meaning(state));
          StateLook.icon(page, state);
          page.element("b", "" + count).text(" " + state.label()).close();
        });
    page.close().line();
  }

  private static void contents(Markup page, DiagnosisReport report) {
    Diagnosis diagnosis = report.diagnosis();
    page.open("nav", "aria-label", "Sections").open("ul");
    link(page, "facts", "Claims and truth", 0);
    link(page, "findings", "Findings", diagnosis.findings().size());
    if (report.repairs().filter(ways -> !ways.isEmpty()).isPresent()) {
      link(page, "ways", "Ways out", 0);
    }
    link(page, "revisions", "Revisions", diagnosis.revisions().size());
    if (!report.discrepancies().isEmpty()) {
      link(page, "objects", "Missing and different", report.discrepancies().size());
    }
    report.siblings().ifPresent(siblings -> link(page, "siblings", "Siblings", siblings.size()));
    if (!diagnosis.extras().isEmpty()) {
      link(page, "extras", "Extras", diagnosis.extras().size());
    }
    if (!diagnosis.ignored().isEmpty()) {
      link(page, "accepted", "Accepted", diagnosis.ignored().size());
    }
    page.close().close().line();
  }

  private static void link(Markup page, String id, String title, int count) {
    page.open("li").open("a", "href", "#" + id).text(title);
    if (count > 0) {
      page.text(" ").element("span", "" + count, "class", "number");
    }
    page.close().close();
  }
}
