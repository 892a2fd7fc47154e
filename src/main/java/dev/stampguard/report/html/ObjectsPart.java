package dev.stampguard.report.html;

import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Discrepancy;
import dev.stampguard.report.Discrepancy.Sketch;
import dev.stampguard.report.markup.Markup;
import java.util.Optional;

/** What is missing or different, with both definitions side by side. */
final class ObjectsPart {
  /** More parts of a relation than this are folded. */
  private static final int FOLD = 4;

  private ObjectsPart() {}

  static void write(Markup page, DiagnosisReport report, RevisionsPart revisions) {
    if (report.discrepancies().isEmpty()) {
      return;
    }
    Prose.section(page, "objects", "Missing and different objects");
    Prose.table(
        page,
        "Objects that are not as the scripts left them",
        "Object",
        "Owed by",
        "Should be",
        "Is");
    for (Discrepancy object : report.discrepancies()) {
      page.open("tr").open("th", "scope", "row");
      page.element("span", object.object().kind().label(), "class", "kind").text(" ");
      page.element("code", object.object().qualified()).close();
      page.open("td", "class", "by");
      revisions.link(page, object.revision());
      page.close();
      page.open("td");
      sketch(page, object.expected(), "gone");
      page.close().open("td");
      sketch(page, object.found(), "missing");
      page.close().close().line();
    }
    Prose.endTable(page);
    page.close().line();
  }

  private static void sketch(Markup page, Optional<Sketch> sketch, String absent) {
    if (sketch.isEmpty()) {
      page.element("span", absent, "class", "absent");
      return;
    }
    if (sketch.get().definition().isPresent()) {
      page.open("pre").lines(sketch.get().definition().get()).close();
    } else if (sketch.get().parts().isEmpty()) {
      page.element("span", "there; its definition is not known", "class", "unknown");
    } else {
      page.element("span", "there, with", "class", "unknown");
    }
    var parts = sketch.get().parts();
    if (!parts.isEmpty()) {
      boolean folded = parts.size() > FOLD;
      if (folded) {
        page.open("details").element("summary", parts.size() + " parts");
      }
      page.open("ul", "class", "plain parts");
      for (String part : parts) {
        page.open("li").open("code").lines(part).close().close();
      }
      page.close();
      if (folded) {
        page.close();
      }
    }
  }
}
