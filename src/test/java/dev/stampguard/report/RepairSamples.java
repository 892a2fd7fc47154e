package dev.stampguard.report;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.repair.BackupKind;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.Decisions;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.repair.plan.PlannedStep;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.repair.plan.RepairStep.EditEnvFile;
import dev.stampguard.repair.plan.RepairStep.RunRevision;
import dev.stampguard.repair.plan.RepairStep.RunStatement;
import dev.stampguard.repair.plan.RepairStep.SetLedger;
import dev.stampguard.repair.plan.Rerun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Repairs of the incident: planned, with a question open, carried out, and none at all. */
public final class RepairSamples {
  private static final String USERS = "93ad2d77767b";
  private static final String BACKFILL = "0c8b7e5a2f36";

  private RepairSamples() {}

  /** Two transactions, with a hazard of a step and one of the whole. */
  public static RepairReport planned() {
    return report(
        plan(Strategy.RESTAMP, restamp(), List.of()),
        PlanOptions.plain(),
        "stampguard repair --apply --strategy restamp --yes --allow takes-access-exclusive-lock"
            + " --allow not-atomic",
        Optional.empty());
  }

  /** The same, carried out with every option that a plan keeps. */
  public static RepairReport applied() {
    return report(
        plan(Strategy.RESTAMP, restamp(), List.of()),
        new PlanOptions(
            new Decisions(Set.of(BACKFILL), Set.of("b", "a")),
            BackupKind.AFFECTED,
            Optional.of("devmatrix_test"),
            Optional.of("devmatrix_test"),
            true,
            true,
            true,
            Map.of("public.users.email", "''")),
        "",
        Optional.of(
            new RepairReport.Result(
                Verdict.CONSISTENT,
                Optional.of("20251127T035512Z-devmatrix"),
                Optional.of("stampguard restore 20251127T035512Z-devmatrix"),
                2,
                List.of("1 foreign key holds", "a second plan is empty"))));
  }

  /** Carried out without a backup, so that no command takes it back. */
  public static RepairReport appliedWithoutBackup() {
    return report(
        plan(Strategy.MISSING, List.of(missing()), List.of()),
        PlanOptions.plain(),
        "",
        Optional.of(
            new RepairReport.Result(
                Verdict.BEHIND, Optional.empty(), Optional.empty(), 1, List.of())));
  }

  /** Another database is the target from now on. */
  public static RepairReport switched() {
    return report(
        plan(
            Strategy.SWITCH,
            List.of(
                step(
                    1,
                    1,
                    new EditEnvFile(".env", 3, "DATABASE_URL", "devmatrix", "devmatrix_test"),
                    null,
                    Hazard.EDITS_ENV_FILE)),
            List.of()),
        PlanOptions.plain(),
        "",
        Optional.of(
            new RepairReport.Result(
                Verdict.CONSISTENT,
                Optional.of("20251127T035512Z-devmatrix"),
                Optional.of("stampguard restore 20251127T035512Z-devmatrix"),
                1,
                List.of("`.env.backup` is the file as it was"))));
  }

  /** Nobody can tell whether a revision ran. */
  public static RepairReport undecided() {
    return report(
        plan(Strategy.MISSING, List.of(missing()), List.of(BACKFILL)),
        PlanOptions.plain(),
        "stampguard repair --strategy missing --assume-applied " + BACKFILL,
        Optional.empty());
  }

  /** A revision runs that the ledger has as run. */
  public static RepairReport again() {
    return report(
        plan(
            Strategy.MISSING,
            List.of(
                missing(),
                step(
                    2,
                    1,
                    new RunRevision(
                        BACKFILL,
                        "upgrade() of migrations/versions/0c8b7e5a2f36_backfill.py",
                        false,
                        Optional.of(
                            new Rerun(Optional.of("stampguard repair --strategy missing")))),
                    FindingCode.SG103)),
            List.of()),
        PlanOptions.plain(),
        "stampguard repair --apply --strategy missing --yes",
        Optional.empty());
  }

  /** Names that try to take over the terminal, in SQL, in its inverse and in a file's name. */
  public static RepairReport hostile() {
    var statement =
        new RunStatement(
            Incident.inside(ObjectKind.COLUMN, Samples.HOSTILE, "c"),
            "ALTER TABLE public.\"%s\"\n  ADD COLUMN c text NOT NULL".formatted(Samples.HOSTILE),
            Optional.of("ALTER TABLE public.\"%s\" DROP COLUMN c".formatted(Samples.HOSTILE)),
            Optional.of("every row of `%s` needs a value".formatted(Samples.HOSTILE)));
    return report(
        plan(
            Strategy.GRAFT,
            List.of(
                step(
                    1,
                    1,
                    statement,
                    FindingCode.SG104,
                    Hazard.REWRITES_TABLE,
                    Hazard.NOT_NULL_WITHOUT_DEFAULT),
                step(2, 1, new RunRevision(Samples.HOSTILE, Samples.HOSTILE, true), null)),
            List.of(Samples.HOSTILE)),
        PlanOptions.plain(),
        "stampguard repair --apply '%s'".formatted(Samples.HOSTILE),
        Optional.empty());
  }

  /** Nothing is wrong that a repair could end. */
  public static RepairReport nothing() {
    return report(
        new RepairPlan(
            Optional.empty(),
            "devmatrix",
            "localhost:5432",
            "0".repeat(64),
            List.of(Incident.HEAD),
            List.of(),
            List.of(),
            Set.of(),
            false),
        PlanOptions.plain(),
        "stampguard repair --apply --yes",
        Optional.empty());
  }

  private static List<PlannedStep> restamp() {
    return List.of(
        step(
            1,
            1,
            new SetLedger(
                new QualifiedName("public", "alembic_version"),
                List.of(Incident.HEAD),
                List.of(Incident.BASE),
                ledger(Incident.HEAD, Incident.BASE),
                ledger(Incident.BASE, Incident.HEAD)),
            FindingCode.SG102),
        step(
            2,
            1,
            new RunRevision(
                USERS, "upgrade() of migrations/versions/93ad2d77767b_add_users_table.py", true),
            FindingCode.SG102),
        step(
            3,
            2,
            new RunRevision(
                Incident.HEAD,
                "upgrade() of migrations/versions/66518741fa75_add_semantic_fields.py",
                true),
            FindingCode.SG102,
            Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK));
  }

  private static PlannedStep missing() {
    return step(
        1,
        1,
        new RunRevision(
            USERS, "upgrade() of migrations/versions/93ad2d77767b_add_users_table.py", false),
        FindingCode.SG103);
  }

  private static String ledger(String before, String after) {
    return """
        DELETE FROM public.alembic_version WHERE version_num = '%s';
        INSERT INTO public.alembic_version (version_num) VALUES ('%s')"""
        .formatted(before, after);
  }

  private static PlannedStep step(
      int number, int segment, RepairStep step, FindingCode reason, Hazard... hazards) {
    return new PlannedStep(
        number, segment, false, step, Optional.ofNullable(reason), List.of(hazards));
  }

  private static RepairPlan plan(
      Strategy strategy, List<PlannedStep> steps, List<String> undecided) {
    return new RepairPlan(
        Optional.of(strategy),
        "devmatrix",
        "localhost:5432",
        "0123456789abcdef".repeat(4),
        List.of(Incident.HEAD),
        steps,
        undecided,
        Set.of(FindingCode.SG102),
        true);
  }

  private static RepairReport report(
      RepairPlan plan,
      PlanOptions options,
      String applyWith,
      Optional<RepairReport.Result> result) {
    return new RepairReport(
        Incident.TARGET,
        plan,
        options,
        plan.isEmpty()
            ? List.of()
            : List.of(
                "every step is tried on a copy of the schema first", "a second plan is empty"),
        applyWith,
        result);
  }
}
