package dev.stampguard.service.repair;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.repair.plan.PlannedStep;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.MigrationProject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes a plan of a draft, by trying it where that can be. */
final class Trial {
  private final PostgresConnector connector;
  private final Repairer.Request request;
  private final Verification verification;
  private final MigrationProject project;

  /**
   * @param project whose ledger it is
   */
  Trial(
      PostgresConnector connector,
      Repairer.Request request,
      Verification verification,
      MigrationProject project) {
    this.connector = Objects.requireNonNull(connector);
    this.request = Objects.requireNonNull(request);
    this.verification = Objects.requireNonNull(verification);
    this.project = Objects.requireNonNull(project);
  }

  /** What trying came to: nothing was tried when there is a reason against it, or none was due. */
  private record Tried(Optional<Rehearsed> rehearsed, Optional<String> impossible) {}

  Preparation plan(Draft draft, Inspection seen, Diagnosis diagnosis, String serverVersion) {
    Tried tried =
        switch (draft.means()) {
          case Draft.Means.InPlace(StepTransactions transactions) ->
              attempt(draft.plan(), transactions, ledgerRows(seen));
          case Draft.Means.InNewDatabase d -> new Tried(Optional.empty(), Optional.empty());
          case Draft.Means.InFile f -> new Tried(Optional.empty(), Optional.empty());
        };
    List<PlannedStep> steps =
        tried
            .rehearsed()
            .map(rehearsed -> steps(draft.plan(), rehearsed))
            .orElseGet(
                () -> untried(draft.plan(), seen.ledger().table(), tried.impossible().isPresent()));
    var plan =
        new RepairPlan(
            Optional.of(draft.plan().strategy()),
            request.target().database(),
            Preparation.server(request.target()),
            Verification.standing(seen).fingerprint(),
            seen.ledger().standing(),
            steps,
            draft.plan().undecided(),
            draft.plan().ends(),
            tried.rehearsed().isPresent());
    return new Preparation(
        plan,
        Optional.of(draft),
        Optional.of(verification),
        seen,
        diagnosis,
        serverVersion,
        tried.rehearsed().map(Rehearsed::standings).orElse(List.of()),
        tried.rehearsed().map(Rehearsed::written).orElse(Set.of()),
        tried.impossible());
  }

  /** What somebody has to decide first decides what there is to try. */
  private Tried attempt(
      PlanDraft draft, StepTransactions transactions, Optional<String> ledgerRows) {
    boolean isDue =
        draft.undecided().isEmpty()
            && (request.rehearsal().must() || request.target().isOnThisMachine());
    if (!isDue || draft.steps().isEmpty()) {
      return new Tried(Optional.empty(), Optional.empty());
    }
    SchemaCopy copy;
    try {
      copy =
          SchemaCopy.of(
              connector,
              request.target(),
              request.rehearsal().place(),
              request.rehearsal().path(),
              ledgerRows);
    } catch (StampguardException e) {
      if (!SchemaCopy.isImpossible(e)) {
        throw e;
      }
      return new Tried(Optional.empty(), Optional.of(e.getMessage()));
    }
    try (copy;
        StepTransaction transaction = transactions.open(copy.target())) {
      return new Tried(
          Optional.of(Rehearsal.of(transaction, draft, verification)), Optional.empty());
    }
  }

  private Optional<String> ledgerRows(Inspection seen) {
    return Optional.of(seen.ledger())
        .filter(Ledger::exists)
        .filter(ledger -> ledger.marks().isPresent() || !ledger.rows().isEmpty())
        .map(ledger -> Drafter.writing(project, ledger).fill(ledger));
  }

  private List<PlannedStep> steps(PlanDraft draft, Rehearsed rehearsed) {
    var filled = new HashMap<QualifiedName, Boolean>();
    var steps = new ArrayList<PlannedStep>();
    for (int i = 0; i < draft.steps().size(); i++) {
      PlanDraft.Step step = draft.steps().get(i);
      Rehearsed.Step tried = rehearsed.steps().get(i);
      Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
      hazards.addAll(step.hazards());
      tried
          .touched()
          .forEach(
              (hazard, tables) -> {
                if (tables.stream().anyMatch(table -> isFilled(table, filled))) {
                  hazards.add(hazard);
                }
              });
      steps.add(
          new PlannedStep(
              i + 1,
              tried.segment(),
              tried.alone(),
              step.step(),
              step.reason(),
              List.copyOf(hazards)));
    }
    return steps;
  }

  /** On a table without rows no lock lasts, and nothing is written anew. */
  private boolean isFilled(QualifiedName table, Map<QualifiedName, Boolean> known) {
    return known.computeIfAbsent(
        table,
        name -> {
          try (PostgresConnection connection = connector.open(request.target());
              ReadOnlyTransaction transaction = connection.readOnly()) {
            return transaction.runLast(
                Query.of(
                    SqlResource.read("table-has-rows").formatted(name),
                    rows -> rows.next() && rows.getBoolean(1)));
          } catch (StampguardException e) {
            return true; // Not for this role to see: then nobody can say that it is harmless.
          }
        });
  }

  private List<PlannedStep> untried(PlanDraft draft, QualifiedName ledger, boolean isImpossible) {
    var foreseen = new Foreseen(project, request.replay().run(), request.target());
    var steps = new ArrayList<PlannedStep>();
    int segment = 1;
    for (PlanDraft.Step step : draft.steps()) {
      Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
      hazards.addAll(step.hazards());
      if (isImpossible && steps.isEmpty()) {
        hazards.add(Hazard.NO_REHEARSAL);
      }
      if (foreseen.isOutsideTransaction(step.step(), ledger)) {
        hazards.add(Hazard.NOT_ATOMIC);
      }
      steps.add(
          new PlannedStep(
              steps.size() + 1, segment, false, step.step(), step.reason(), List.copyOf(hazards)));
      segment += step.endsSegment() ? 1 : 0;
    }
    return steps;
  }
}
