package dev.stampguard.report.text;

import dev.stampguard.report.TargetReport;

/** Which database a run would use, who said so, and who was not heard. */
final class TargetText {
  private TargetText() {}

  static void write(Page page, TargetReport report) {
    report.switched().ifPresent(switched -> headline(page, switched));
    page.paragraph(
        0,
        Phrase.EMPTY
            .name(report.target().database())
            .plain(" on ")
            .with(Role.EMPHASIS, TargetWords.server(report.target())));
    page.blank();
    var facts = TargetWords.facts(report.target());
    report
        .project()
        .ifPresent(project -> facts.row(TargetWords.label("project"), Phrase.of(project)));
    report
        .policy()
        .ifPresent(policy -> facts.row(TargetWords.label("policy"), Phrase.prose(policy)));
    report.switched().ifPresent(switched -> facts(facts, switched));
    page.grid(2, facts);
    TargetWords.warnings(page, report.target());
    if (!report.runs().isEmpty()) {
      page.heading("Which runs may use it");
      var runs = new Grid(2);
      report
          .runs()
          .forEach(
              rule ->
                  runs.row(
                      Phrase.of(Role.NAME, rule.run()),
                      Phrase.of(rule.allows() ? "yes" : "no"),
                      Phrase.of("only " + rule.patterns())));
      page.grid(2, runs);
    }
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

  private static void headline(Page page, TargetReport.Switch switched) {
    page.paragraph(
        0,
        Phrase.prose(
            "switched: `%s` names `%s` now, not `%s`"
                .formatted(switched.where(), switched.to(), switched.from())));
    page.blank();
  }

  private static void facts(Grid facts, TargetReport.Switch switched) {
    switched
        .verdict()
        .ifPresent(verdict -> facts.row(TargetWords.label("verdict"), Phrase.of(verdict.label())));
    facts.row(TargetWords.label("backup"), Phrase.of(switched.backup()));
    facts.row(TargetWords.label("undo"), Phrase.of(Role.EMPHASIS, switched.undo()));
  }
}
