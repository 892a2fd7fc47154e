package dev.stampguard.report.html;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.markup.Markup;
import java.util.ArrayList;
import java.util.List;

/** Findings, heaviest first, each with the hint that ends it. */
final class FindingsPart {
  private FindingsPart() {}

  static void write(Markup page, Diagnosis diagnosis, RevisionsPart revisions) {
    Prose.section(page, "findings", "Findings");
    if (diagnosis.findings().isEmpty()) {
      Prose.paragraph(page, "None.");
    }
    for (Finding finding : diagnosis.findings()) {
      write(page, finding, revisions);
    }
    page.close().line();
  }

  private static void write(Markup page, Finding finding, RevisionsPart revisions) {
    page.open("article", "class", "finding f-" + finding.severity().label());
    page.open("h3").element("span", finding.severity().label(), "class", "severity");
    page.text(" ").element("span", finding.code().name(), "class", "code").text(" ");
    Prose.write(page, finding.title()).close();
    Prose.paragraph(page, finding.detail());
    page.open("p", "class", "hint").element("b", "What ends it: ");
    Prose.write(page, finding.hint()).close();
    evidence(page, finding, revisions);
    page.close().line();
  }

  private static void evidence(Markup page, Finding finding, RevisionsPart revisions) {
    List<ObjectName> objects = finding.objects();
    var counts = new ArrayList<String>();
    if (!finding.revisions().isEmpty()) {
      counts.add(Words.count(finding.revisions().size(), "revision"));
    }
    if (!objects.isEmpty()) {
      counts.add(Words.count(objects.size(), "object"));
    }
    if (counts.isEmpty()) {
      return;
    }
    page.open("details").element("summary", String.join(", ", counts));
    if (!finding.revisions().isEmpty()) {
      page.open("ul", "class", "plain");
      finding
          .revisions()
          .forEach(
              id -> {
                page.open("li");
                revisions.link(page, id);
                page.close();
              });
      page.close();
    }
    objects(page, objects);
    page.close();
  }

  /** Names of objects, one a line. */
  static void objects(Markup page, List<ObjectName> objects) {
    if (!objects.isEmpty()) {
      page.open("ul", "class", "plain names");
      objects.forEach(
          object -> {
            page.open("li").element("code", object.toString());
            page.close();
          });
      page.close();
    }
  }
}
