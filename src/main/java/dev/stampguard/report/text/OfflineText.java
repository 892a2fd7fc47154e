package dev.stampguard.report.text;

import dev.stampguard.report.OfflineReport;
import java.util.Set;

/** What is wrong with the scripts, in full: no other command says more of it. */
final class OfflineText {
  private OfflineText() {}

  static void write(Page page, OfflineReport report) {
    page.line(
        0,
        Phrase.of("stampguard: ")
            .name(report.toolLocation())
            .plain(", looked at without a database"));
    FindingsText.write(page, report.findings(), Set.of());
  }
}
