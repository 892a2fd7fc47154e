package dev.stampguard.service.repair;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A plan with what it was made from.
 *
 * @param plan what a person reviews
 * @param draft the same before it was tried; empty when there is nothing to do
 * @param verification what must be true in the end; empty when there is nothing to do
 * @param seen the database as it was found, with definitions
 * @param diagnosis what was said of it
 * @param serverVersion as the server prints it
 * @param rehearsed what each segment left on the copy; none without a rehearsal
 * @param affected tables that the rehearsal wrote to, or changed in their form
 * @param noRehearsal why there was none, one sentence; empty when there was one, or none was due
 */
public record Preparation(
    RepairPlan plan,
    Optional<Draft> draft,
    Optional<Verification> verification,
    Inspection seen,
    Diagnosis diagnosis,
    String serverVersion,
    List<Standing> rehearsed,
    Set<QualifiedName> affected,
    Optional<String> noRehearsal) {
  public Preparation {
    Objects.requireNonNull(plan);
    Objects.requireNonNull(draft);
    Objects.requireNonNull(verification);
    Objects.requireNonNull(seen);
    Objects.requireNonNull(diagnosis);
    Objects.requireNonNull(serverVersion);
    rehearsed = List.copyOf(rehearsed);
    affected = Set.copyOf(affected);
    Objects.requireNonNull(noRehearsal);
  }

  /** The database a run uses once the plan is carried out; empty when that stays the same. */
  public Optional<Target> switchedTo() {
    return draft
        .map(Draft::means)
        .flatMap(
            means ->
                switch (means) {
                  case Draft.Means.InPlace p -> Optional.empty();
                  case Draft.Means.InNewDatabase d -> Optional.empty();
                  case Draft.Means.InFile(var targetSwitch, var edit, Target next) ->
                      Optional.of(next);
                });
  }

  /** What is proven before and after the commit, one sentence each. */
  public List<String> verified() {
    return plan.strategy()
        .map(
            strategy ->
                switch (strategy) {
                  case RESTAMP, MISSING, GRAFT ->
                      List.of(
                          "every step is tried on a copy of the schema first",
                          "inside the transaction: the findings are gone, none came instead, what no revision creates is as before",
                          "every foreign key that is touched holds; rows that break one are counted",
                          "after the commit: a fresh diagnosis, and a second plan that is empty");
                  case RECREATE ->
                      List.of(
                          "the new database is diagnosed before it takes over the name",
                          "the present database is kept under another name");
                  case SWITCH ->
                      List.of(
                          "the other database is diagnosed first",
                          "the file is read again: it leads to that database, with the same server and role");
                })
        .orElse(List.of());
  }

  /** Nothing is wrong that a repair could end. */
  static Preparation nothing(
      Target target, Inspection seen, Diagnosis diagnosis, String serverVersion) {
    return new Preparation(
        new RepairPlan(
            Optional.empty(),
            target.database(),
            server(target),
            Verification.standing(seen).fingerprint(),
            seen.ledger().standing(),
            List.of(),
            List.of(),
            Set.of(),
            false),
        Optional.empty(),
        Optional.empty(),
        seen,
        diagnosis,
        serverVersion,
        List.of(),
        Set.of(),
        Optional.empty());
  }

  /** Where a target's server is, as plans and journals name it. */
  static String server(Target target) {
    Target.Endpoint endpoint = target.endpoints().getFirst();
    return endpoint.host() + ":" + endpoint.port();
  }
}
