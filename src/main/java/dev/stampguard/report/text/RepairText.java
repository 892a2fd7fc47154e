package dev.stampguard.report.text;

import dev.stampguard.diagnosis.Words;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.PlannedStep;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.report.RepairReport;
import dev.stampguard.report.RepairReport.Result;

/** A plan step by step, or what came of it. */
final class RepairText {
  private RepairText() {}

  static void write(Page page, RepairReport report) {
    if (report.plan().isEmpty()) {
      page.paragraph(
          0,
          Phrase.of(Role.OK, "nothing to repair:")
              .plain(" ")
              .name(report.target().database())
              .plain(" on ")
              .plain(TargetWords.server(report.target())));
      return;
    }
    report.result().ifPresentOrElse(result -> done(page, report, result), () -> plan(page, report));
  }

  private static void plan(Page page, RepairReport report) {
    RepairPlan plan = report.plan();
    page.paragraph(
        0,
        Phrase.of(Role.EMPHASIS, strategy(plan))
            .plain(" of ")
            .name(plan.database())
            .plain(" on ")
            .plain(TargetWords.server(report.target()))
            .plain(": ")
            .plain(Words.count(plan.steps().size(), "step"))
            .plain(" in ")
            .plain(Words.count(plan.segments(), "transaction"))
            .plain(", plan ")
            .plain(plan.id()));
    page.heading("Steps");
    plan.steps().forEach(step -> step(page, step, plan.segments() > 1));
    if (!plan.undecided().isEmpty()) {
      page.heading(Phrase.of(Role.WARNING, "To be decided first"));
      page.paragraph(
          2,
          Phrase.prose(
              "nobody can tell whether %s ran, which changes only data: say `--assume-applied %s` or `--run %s`"
                  .formatted(
                      Words.names(plan.undecided()),
                      plan.undecided().getFirst(),
                      plan.undecided().getFirst())));
    }
    if (!plan.hazards().isEmpty()) {
      page.heading(Phrase.of(Role.WARNING, "Hazards, each to be allowed by name"));
      var grid = new Grid(1);
      plan.hazards()
          .forEach(
              hazard ->
                  grid.row(Phrase.of(Role.EMPHASIS, hazard.label()), Phrase.of(hazard.meaning())));
      page.grid(2, grid);
    }
    page.heading("Verified");
    report.verification().forEach(sentence -> page.paragraph(2, Phrase.prose(sentence)));
    page.heading(
        Phrase.of(Role.EMPHASIS, "hint:")
            .plain(" ")
            .with(Role.NAME, "`" + report.applyWith() + "`"));
  }

  private static String strategy(RepairPlan plan) {
    return plan.strategy().map(Strategy::label).orElseThrow();
  }

  private static void step(Page page, PlannedStep planned, boolean withSegment) {
    String number = "%3d  ".formatted(planned.number());
    String what = planned.step().command().orElse(planned.step().kind());
    Phrase phrase = Phrase.of(Role.DIM, number).with(Role.EMPHASIS, what);
    if (planned.reason().isPresent()) {
      phrase = phrase.with(Role.DIM, "  ends " + planned.reason().get());
    }
    if (withSegment) {
      phrase = phrase.with(Role.DIM, "  transaction " + planned.segment());
    }
    for (Hazard hazard : planned.hazards()) {
      phrase = phrase.with(Role.WARNING, "  " + hazard.label());
    }
    page.line(0, phrase);
    planned
        .step()
        .sql()
        .ifPresent(sql -> sql.lines().forEach(line -> page.line(7, Phrase.of(line))));
    planned
        .step()
        .remark()
        .ifPresent(remark -> page.line(7, Phrase.of(Role.WARNING, "").then(Phrase.prose(remark))));
    planned
        .step()
        .inverse()
        .ifPresent(
            inverse ->
                page.line(
                    7,
                    Phrase.of(Role.DIM, "undone by: " + inverse.lines().findFirst().orElse(""))));
  }

  private static void done(Page page, RepairReport report, Result result) {
    page.paragraph(
        0,
        Phrase.of(Role.OK, "repaired:")
            .plain(" ")
            .name(report.target().database())
            .plain(" is ")
            .with(Role.of(result.verdict()), result.verdict().label())
            .plain(
                " (%s, %s, %s)"
                    .formatted(
                        strategy(report.plan()),
                        Words.count(report.plan().steps().size(), "step"),
                        Words.count(result.segments(), "transaction"))));
    page.blank();
    var grid = new Grid(1);
    result.backup().ifPresent(backup -> grid.row(TargetWords.label("backup"), Phrase.of(backup)));
    result
        .undo()
        .ifPresentOrElse(
            undo -> grid.row(TargetWords.label("undo"), Phrase.EMPTY.name(undo)),
            () -> grid.row(TargetWords.label("undo"), Phrase.of("no backup was made")));
    page.grid(2, grid);
    if (!result.notes().isEmpty()) {
      page.heading("Proven");
      result.notes().forEach(note -> page.paragraph(2, Phrase.prose(note)));
    }
  }
}
