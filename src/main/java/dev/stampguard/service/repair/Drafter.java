package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.plan.LedgerPlanner;
import dev.stampguard.repair.plan.LedgerSql;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.TargetSwitch;
import dev.stampguard.service.recreate.Recreation;
import dev.stampguard.target.EnvEdit;
import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says what each strategy would do, and with what. */
final class Drafter {
  /** A repair may wait a little for others, who in turn wait for it. */
  static final ChangeLimits LIMITS =
      new ChangeLimits(
          new LockTimeout(Duration.ofSeconds(10)), new StatementTimeout(Duration.ofMinutes(5)));

  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Repairer.Request request;

  Drafter(PostgresConnector connector, MigrationProject project, Repairer.Request request) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.request = Objects.requireNonNull(request);
  }

  Draft draft(
      Strategy strategy,
      List<WayOut> ways,
      Diagnosis diagnosis,
      Expectation expectation,
      Inspection seen,
      List<Sibling> siblings) {
    var planner =
        new LedgerPlanner(
            project.scripts(),
            diagnosis,
            request.options().decisions(),
            writing(project, diagnosis.ledger()),
            project::running,
            ways);
    return switch (strategy) {
      case RESTAMP -> byRevisions(planner.restamp());
      case MISSING -> byRevisions(planner.missing());
      case SWITCH -> bySwitch(siblings);
      case GRAFT ->
          new GraftDrafter(connector, project, request)
              .draft(diagnosis, expectation, seen, siblings, planner);
      case RECREATE -> byRecreation(diagnosis);
    };
  }

  /** What writes the ledger of a project. */
  static LedgerWriting writing(MigrationProject project, Ledger ledger) {
    return project
        .ledgerWriting()
        .orElseGet(() -> new LedgerSql(ledger.table(), project.ledger().versionColumn()));
  }

  private Draft byRevisions(PlanDraft plan) {
    RunSettings settings = request.replay().run();
    Optional<ChangeLauncher> withoutCode =
        plan.runsRevisions() ? Optional.empty() : project.ledgerChanger(settings);
    if (withoutCode.isEmpty()) {
      project
          .notAllowed(settings)
          .ifPresent(
              missing -> {
                throw missing.refusing(
                    request
                        .strategy()
                        .map(asked -> "repair --strategy " + asked.label())
                        .orElse("repair"),
                    "`%s` runs migrations, which are code, and nobody allowed that"
                        .formatted(plan.strategy().label()));
              });
    }
    ChangeLauncher launcher = withoutCode.orElseGet(() -> project.changer(settings));
    return new Draft(
        withoutCode.isEmpty() && settings.projectEnvironment()
            ? plan.with(Hazard.RUNS_PROJECT_CODE)
            : plan,
        Optional.empty(),
        new Draft.Means.InPlace(
            database -> {
              ChangeSession session = launcher.start(database, LIMITS);
              try {
                session.connect();
                return new DriverTransaction(session);
              } catch (StampguardException e) {
                session.close();
                throw e;
              }
            }));
  }

  private Draft byRecreation(Diagnosis diagnosis) {
    String database = request.target().database();
    var recreation =
        new Recreation(
            connector, project, request.examination().beside(), request.target(), request.replay());
    if (request.rehearsal().must() || request.target().isOnThisMachine()) {
      recreation.rehearse(request.progress());
    }
    var steps = new ArrayList<PlanDraft.Step>();
    steps.add(
        PlanDraft.Step.of(
            new RepairStep.BuildDatabase(database, recreation.revisions()), Optional.empty()));
    if (request.options().copyData()) {
      steps.add(
          new PlanDraft.Step(
              new RepairStep.CopyData(database),
              Optional.empty(),
              changesDataOnly(diagnosis) ? Set.of(Hazard.UNDECIDABLE_DATA_MIGRATION) : Set.of(),
              false));
    }
    Set<Hazard> hazards = EnumSet.of(Hazard.REPLACES_DATABASE);
    if (request.options().terminate()) {
      hazards.add(Hazard.TERMINATES_SESSIONS);
    }
    steps.add(
        new PlanDraft.Step(
            new RepairStep.SwapDatabases(database), Optional.empty(), hazards, false));
    return new Draft(
        new PlanDraft(Strategy.RECREATE, steps, List.of(), Set.of()),
        Optional.empty(),
        new Draft.Means.InNewDatabase(recreation));
  }

  /** Such revisions run before the old rows arrive, which may or may not have seen them. */
  private boolean changesDataOnly(Diagnosis diagnosis) {
    return diagnosis.revisions().stream()
        .filter(revision -> revision.state() == RevisionState.ASSUMED)
        .anyMatch(revision -> !project.scripts().idle().contains(revision.revision().id()));
  }

  private Draft bySwitch(List<Sibling> siblings) {
    String database = request.options().to().orElseGet(() -> firstConsistent(siblings));
    var targetSwitch = new TargetSwitch(request.choice());
    EnvEdit edit = targetSwitch.plan(database);
    Target next = targetSwitch.target(edit);
    requireHealthy(next);
    var step =
        new RepairStep.EditEnvFile(
            edit.name(), edit.line(), edit.key(), edit.before(), edit.after());
    return new Draft(
        new PlanDraft(
            Strategy.SWITCH,
            List.of(
                new PlanDraft.Step(step, Optional.empty(), Set.of(Hazard.EDITS_ENV_FILE), false)),
            List.of(),
            Set.of()),
        Optional.empty(),
        new Draft.Means.InFile(targetSwitch, edit, next));
  }

  private static String firstConsistent(List<Sibling> siblings) {
    return siblings.stream()
        .filter(sibling -> sibling.verdict() == Verdict.CONSISTENT)
        .map(Sibling::database)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a switch needs a consistent sibling"));
  }

  private void requireHealthy(Target database) {
    Verdict verdict =
        new Examiner(connector, project)
            .examine(Examiner.Request.plain(database, request.examination().source()))
            .diagnosis()
            .verdict();
    if (verdict != Verdict.CONSISTENT && verdict != Verdict.BEHIND) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` is %s itself: nothing would be gained"
              .formatted(database.database(), verdict.label()),
          "`stampguard diagnose` lists the databases beside the target");
    }
  }
}
