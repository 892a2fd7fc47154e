package dev.stampguard.report.html;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.IgnoredObject;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.markup.Markup;
import java.util.List;

/** What stands beside the judgement: other databases, extras, accepted drift. */
final class BesidePart {
  private BesidePart() {}

  static void write(Markup page, DiagnosisReport report) {
    report.siblings().ifPresent(siblings -> siblings(page, report, siblings));
    Diagnosis diagnosis = report.diagnosis();
    if (!diagnosis.extras().isEmpty()) {
      Prose.section(page, "extras", "Extras");
      Prose.paragraph(page, "No revision creates these. They are reported, and never dropped.");
      FindingsPart.objects(page, diagnosis.extras());
      page.close().line();
    }
    if (!diagnosis.ignored().isEmpty()) {
      accepted(page, diagnosis.ignored());
    }
  }

  private static void siblings(Markup page, DiagnosisReport report, List<Sibling> siblings) {
    Prose.section(page, "siblings", "Siblings");
    if (siblings.isEmpty()) {
      Prose.paragraph(page, "No other database on this server has the same ledger.");
    } else {
      String target = report.target().database();
      Prose.table(
          page,
          "Databases on this server with the same ledger",
          "Database",
          "Verdict",
          "Tables",
          "Compare");
      sibling(page, target, report.diagnosis().verdict(), report.diagnosis().tables(), "");
      for (Sibling sibling : siblings) {
        sibling(
            page,
            sibling.database(),
            sibling.verdict(),
            sibling.tables(),
            ShellWords.join(List.of("stampguard", "compare", target, sibling.database())));
      }
      Prose.endTable(page);
    }
    page.close().line();
  }

  private static void sibling(
      Markup page, String database, Verdict verdict, int tables, String compare) {
    page.open("tr").open("th", "scope", "row").element("code", database).close();
    page.open("td").element("span", verdict.label(), "class", "v-" + verdict.label()).close();
    page.element("td", "" + tables, "class", "figure");
    page.open("td");
    if (compare.isEmpty()) {
      page.text("this report's database");
    } else {
      page.element("code", compare);
    }
    page.close().close().line();
  }

  private static void accepted(Markup page, List<IgnoredObject> ignored) {
    Prose.section(page, "accepted", "Accepted differences");
    Prose.table(page, "Left out by a rule of the configuration", "Object", "Code", "Reason");
    for (IgnoredObject object : ignored) {
      page.open("tr").open("th", "scope", "row").element("code", object.object());
      page.close().element("td", object.code().name()).element("td", object.reason());
      page.close().line();
    }
    Prose.endTable(page);
    page.close().line();
  }
}
