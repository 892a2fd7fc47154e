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
    var facts = TargetWords.facts(report.target());
    report
        .policy()
        .ifPresent(policy -> facts.row(TargetWords.label("policy"), Phrase.prose(policy)));
    page.grid(2, facts);
    TargetWords.warnings(page, report.target());
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
