package dev.stampguard.report.text;

import dev.stampguard.report.TargetReport;

/** Which database a run would use, who said so, and who was not heard. */
final class TargetText {
  private TargetText() {}

  static void write(Page page, TargetReport report) {
    page.paragraph(
        0,
        Phrase.EMPTY
            .name(report.target().database())
            .plain(" on ")
            .with(Role.EMPHASIS, TargetWords.server(report.target())));
    page.blank();
    TargetWords.write(page, report.target());
    report
        .policy()
        .ifPresent(
            policy ->
                page.paragraph(
                    2, TargetWords.label("policy").plain("     ").then(Phrase.prose(policy))));
    if (report.losing().isEmpty()) {
      return;
    }
    page.heading("Found and not used, strongest first");
    var grid = new Grid(1);
    report
        .losing()
        .forEach(
            losing ->
                grid.row(Phrase.of(Role.NAME, losing.database()), Phrase.of(losing.source())));
    page.grid(2, grid);
  }
}
