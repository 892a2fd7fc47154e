package dev.stampguard.report.text;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.PlannedStep;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.repair.plan.RepairStep.EditEnvFile;
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
      String first = ShellWords.quote(plan.undecided().getFirst());
      page.paragraph(
          2,
          Phrase.prose(
              "nobody can tell whether %s ran, which changes only data: say `--assume-applied %s` or `--run %s`"
                  .formatted(Words.names(plan.undecided()), first, first)));
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
    Phrase hint =
        Phrase.of(Role.EMPHASIS, "hint:")
            .plain(" ")
            .with(Role.NAME, "`" + report.applyWith() + "`");
    page.heading(
        plan.undecided().isEmpty()
            ? hint
            : hint.plain(" if it ran, or with ")
                .with(Role.NAME, "`--run`")
                .plain(" if it did not, plans anew"));
  }

  private static String strategy(RepairPlan plan) {
    return plan.strategy().map(Strategy::label).orElseThrow();
  }

  private static void step(Page page, PlannedStep planned, boolean withSegment) {
    Phrase what =
        Phrase.of(Role.DIM, "%3s  ".formatted(planned.number()))
            .with(Role.EMPHASIS, planned.step().command().orElse(planned.step().kind()));
    Phrase about = about(planned, withSegment);
    if (what.width() + about.width() <= page.width()) {
      page.line(0, what.then(about));
    } else {
      page.line(0, what);
      page.line(5, about);
    }
    planned.step().sql().ifPresent(sql -> statement(page, 7, Role.PLAIN, sql));
    planned.step().remark().ifPresent(remark -> page.paragraph(7, Phrase.prose(remark)));
    planned.step().inverse().ifPresent(inverse -> inverse(page, inverse));
  }

  private static Phrase about(PlannedStep planned, boolean withSegment) {
    Phrase about = Phrase.EMPTY;
    if (planned.reason().isPresent()) {
      about = about.with(Role.DIM, "  ends " + planned.reason().get());
    }
    if (withSegment) {
      about = about.with(Role.DIM, "  transaction " + planned.segment());
    }
    if (planned.alone()) {
      about = about.with(Role.DIM, "  commits by itself");
    }
    for (Hazard hazard : planned.hazards()) {
      about = about.with(Role.WARNING, "  " + hazard.label());
    }
    return about;
  }

  /** Never wrapped: what can be copied is what would run. */
  private static void statement(Page page, int indent, Role role, String sql) {
    sql.lines().forEach(line -> page.line(indent, Phrase.of(role, line)));
  }

  private static void inverse(Page page, String inverse) {
    Phrase whole = Phrase.of(Role.DIM, "undone by: " + inverse);
    if (inverse.lines().count() == 1 && 7 + whole.width() <= page.width()) {
      page.line(7, whole);
      return;
    }
    page.line(7, Phrase.of(Role.DIM, "undone by:"));
    statement(page, 9, Role.DIM, inverse);
  }

  /** A switch repairs nothing: another database is the target from then on. */
  private static Phrase outcome(RepairReport report) {
    return report.plan().steps().stream()
        .map(PlannedStep::step)
        .filter(EditEnvFile.class::isInstance)
        .map(step -> ((EditEnvFile) step).after())
        .findFirst()
        .map(
            database ->
                Phrase.of(Role.OK, "switched:")
                    .plain(" ")
                    .name(database)
                    .plain(" is the target now, and is "))
        .orElseGet(
            () ->
                Phrase.of(Role.OK, "repaired:")
                    .plain(" ")
                    .name(report.target().database())
                    .plain(" is "));
  }

  private static void done(Page page, RepairReport report, Result result) {
    page.paragraph(
        0,
        outcome(report)
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
    if (result.verdict() == Verdict.INCONSISTENT || result.verdict() == Verdict.UNKNOWN) {
      page.blank();
      page.paragraph(
          0,
          Phrase.of("What it promised is done, and something else is left: ")
              .name("stampguard diagnose")
              .plain(" says what, ")
              .name("stampguard repair")
              .plain(" plans the rest."));
    }
    if (!result.notes().isEmpty()) {
      page.heading("Proven");
      result.notes().forEach(note -> page.paragraph(2, Phrase.prose(note)));
    }
  }
}
