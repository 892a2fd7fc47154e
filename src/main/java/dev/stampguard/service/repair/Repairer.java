package dev.stampguard.service.repair;

import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.repair.plan.Advice;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.repair.plan.Proof;
import dev.stampguard.service.Examination;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.OpenGaps;
import dev.stampguard.service.SiblingScout;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetRequest;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.MigrationProject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes plans: examines a database, chooses a strategy, and tries it on a copy of the schema. */
public final class Repairer {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Request request;
  private final Examiner examiner;

  /**
   * @param request what is to be repaired, and how
   */
  public Repairer(PostgresConnector connector, MigrationProject project, Request request) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.request = Objects.requireNonNull(request);
    this.examiner = new Examiner(connector, project);
  }

  /**
   * What is to be repaired.
   *
   * @param examination the database, and how it is known what must be there
   * @param choice what the choice of that database depends on
   * @param strategy the one that was asked for; empty for the recommended one
   * @param options what was asked besides
   * @param reference a database that missing objects are taken from; empty for a replay
   * @param replay how the project's scripts are run
   * @param rehearsal when and where the steps are tried
   * @param progress hears how far scripts are that run
   */
  public record Request(
      Examiner.Request examination,
      TargetRequest choice,
      Optional<Strategy> strategy,
      PlanOptions options,
      Optional<Target> reference,
      ReplaySettings replay,
      RehearsalSettings rehearsal,
      ReplayProgress progress) {
    public Request {
      Objects.requireNonNull(examination);
      Objects.requireNonNull(choice);
      Objects.requireNonNull(strategy);
      Objects.requireNonNull(options);
      Objects.requireNonNull(reference);
      Objects.requireNonNull(replay);
      Objects.requireNonNull(rehearsal);
      Objects.requireNonNull(progress);
    }

    Target target() {
      return examination.target();
    }
  }

  /**
   * Makes the plan; changes nothing but a scratch database.
   *
   * @throws StampguardException (refused) when the strategy does not apply, or fails on the copy
   */
  public Preparation prepare() {
    Examination examination = examiner.examine(request.examination());
    Inspection seen = inspect();
    Diagnosis diagnosis = examiner.judge(seen, request.examination());
    if (diagnosis.findings().stream().noneMatch(WaysOut::isRepairable)) {
      requireNothingWrong(diagnosis);
      return Preparation.nothing(request.target(), seen, diagnosis, examination.serverVersion());
    }
    List<Sibling> siblings =
        new SiblingScout(project).look(request.target(), examination).siblings();
    List<WayOut> ways =
        WaysOut.judge(
            examination.graph(),
            diagnosis,
            OpenGaps.of(examination, request.examination().beside()),
            siblings,
            running());
    Strategy strategy = choose(diagnosis, ways);
    Draft draft =
        new Drafter(connector, project, request)
            .draft(strategy, ways, diagnosis, examination.expectation(), seen, siblings);
    var verification =
        new Verification(
            new Proof(
                Verification.withoutLedgers(seen), diagnosis, draft.plan().ends(), draft.only()),
            inspection -> examiner.judge(inspection, request.examination()));
    return new Trial(connector, request, verification, project)
        .plan(draft, seen, diagnosis, examination.serverVersion());
  }

  /** What is wrong, and no change of ledger or schema would end, is not nothing to repair. */
  private static void requireNothingWrong(Diagnosis diagnosis) {
    Optional<Finding> wrong =
        diagnosis.findings().stream()
            .filter(finding -> finding.isContradiction() || finding.isObstacle())
            .findFirst();
    if (wrong.isPresent()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "no way out can be recommended for %s, %s"
              .formatted(wrong.get().code(), wrong.get().title()),
          wrong.get().hint());
    }
  }

  Inspection inspect() {
    try (PostgresConnection connection = connector.open(request.target())) {
      return Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger());
    }
  }

  private Strategy choose(Diagnosis diagnosis, List<WayOut> ways) {
    Optional<WayOut> way =
        request.strategy().isPresent()
            ? ways.stream().filter(w -> w.strategy() == request.strategy().get()).findFirst()
            : ways.stream().filter(WayOut::recommended).findFirst();
    if (way.isEmpty() && ways.stream().noneMatch(WayOut::applicable)) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "no way out applies to %s".formatted(names(codes(diagnosis))),
          diagnosis.findings().stream()
              .filter(Finding::isObstacle)
              .findFirst()
              .map(Finding::hint)
              .orElse("`stampguard diagnose` tells the whole story"));
    }
    Optional<Lack> lack = way.isEmpty() ? WaysOut.lack(ways) : way.get().lack();
    if (lack.isPresent()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          way.map(asked -> "`%s`".formatted(asked.strategy().label()))
                  .orElseGet(() -> "a repair of " + names(codes(diagnosis)))
              + " "
              + lack.get().reason(),
          lack.get().remedy()
              + (ways.stream().anyMatch(w -> w.strategy() == Strategy.GRAFT && w.applicable())
                  ? "; or take what is missing from a healthy database with `--reference DATABASE`"
                  : ""));
    }
    if (way.isEmpty()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "no way out can be recommended for %s: somebody has to choose"
              .formatted(names(codes(diagnosis))),
          diagnosis.findings().stream()
              .filter(Finding::isLedgerElsewhere)
              .findFirst()
              .map(Finding::hint)
              .or(() -> Advice.redefining(repairable(diagnosis), ways))
              .orElse("`stampguard diagnose` lists the ways; take one with `--strategy`"));
    }
    if (!way.get().applicable() && !isRedefinition(way.get().strategy())) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` does not apply: %s".formatted(way.get().strategy().label(), way.get().reason()),
          ways.stream()
              .filter(WayOut::applicable)
              .findFirst()
              .map(w -> "`stampguard repair --strategy " + w.strategy().label() + "` does")
              .orElse("`stampguard diagnose` tells the whole story"));
    }
    return way.get().strategy();
  }

  /** Nothing runs where everything is taken from a database that was named. */
  private WaysOut.Running running() {
    return new WaysOut.Running(
        false,
        revisions ->
            request.reference().isPresent()
                ? Optional.empty()
                : project.lack(request.replay().run(), revisions));
  }

  /** A graft that changes what is there applies also where nothing is missing. */
  private boolean isRedefinition(Strategy strategy) {
    return strategy == Strategy.GRAFT && request.options().redefine();
  }

  private static List<String> codes(Diagnosis diagnosis) {
    return repairable(diagnosis).stream().map(Enum::name).toList();
  }

  private static Set<FindingCode> repairable(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(WaysOut::isRepairable)
        .map(Finding::code)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
