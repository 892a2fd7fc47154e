package dev.stampguard.report.html;

import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.markup.Markup;

/**
 * What each of several migration tools says. The page is about the one that says the worst; of the
 * others the findings stand here.
 */
final class ToolsPart {
  private ToolsPart() {}

  static void write(Markup page, DiagnosisReport report) {
    if (report.others().isEmpty()) {
      return;
    }
    DiagnosisReport shown = report.worst();
    Prose.section(page, "tools", "Migration tools");
    Prose.paragraph(
        page,
        "This page is about `%s`. `stampguard diagnose --tool TOOL` tells another one's story."
            .formatted(shown.toolName()));
    Prose.table(page, "What each of them says", "Tool", "Scripts", "Ledger", "Verdict", "Findings");
    report.each().forEach(tool -> row(page, tool));
    Prose.endTable(page);
    page.open("ul");
    report.each().stream()
        .filter(tool -> !tool.toolName().equals(shown.toolName()))
        .forEach(tool -> findings(page, tool));
    page.close();
    page.close().line();
  }

  private static void row(Markup page, DiagnosisReport tool) {
    String verdict = tool.diagnosis().verdict().label();
    page.open("tr").open("th", "scope", "row").text(tool.toolName()).close();
    page.open("td").element("code", tool.toolLocation()).close();
    page.open("td").element("code", tool.diagnosis().ledger().table().toString()).close();
    page.open("td").element("span", verdict, "class", "v-" + verdict).close();
    page.element("td", "" + tool.diagnosis().findings().size(), "class", "figure");
    page.close().line();
  }

  private static void findings(Markup page, DiagnosisReport tool) {
    tool.diagnosis()
        .findings()
        .forEach(
            finding -> {
              page.open("li");
              Prose.write(
                  page,
                  "%s: %s %s. %s What ends it: %s"
                      .formatted(
                          tool.toolName(),
                          finding.code().name(),
                          finding.title(),
                          finding.detail(),
                          finding.hint()));
              page.close();
            });
  }
}
