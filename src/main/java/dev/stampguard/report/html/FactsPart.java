package dev.stampguard.report.html;

import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.TargetView;
import dev.stampguard.report.markup.Markup;
import dev.stampguard.report.text.ClaimsText;
import dev.stampguard.report.text.TargetWords;

/** Which database it is and who said so, and what the ledger says against what is there. */
final class FactsPart {
  private FactsPart() {}

  static void write(Markup page, DiagnosisReport report) {
    TargetView target = report.target();
    Prose.section(page, "facts", "Claims and truth");
    page.open("div", "class", "pair");
    page.open("div").element("h3", "Target").open("dl");
    fact(page, "database", "`" + target.database() + "`");
    fact(
        page,
        "server",
        TargetWords.server(target)
            + target.serverVersion().map(number -> ", PostgreSQL " + number).orElse(""));
    fact(page, "user", target.user());
    fact(page, "chosen by", target.source());
    page.close();
    target.warnings().forEach(warning -> Prose.paragraph(page, "Warning: " + warning));
    page.close();
    page.open("div").element("h3", "Ledger against schema").open("dl");
    ClaimsText.texts(report).forEach((label, value) -> fact(page, label, value));
    page.close().close().close();
    page.close().line();
  }

  private static void fact(Markup page, String label, String value) {
    page.open("div").element("dt", label).open("dd");
    Prose.write(page, value).close().close();
  }
}
