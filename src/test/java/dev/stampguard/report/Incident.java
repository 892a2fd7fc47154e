package dev.stampguard.report;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Evidence;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.IgnoredObject;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The incident this tool exists for, as literals: {@code devmatrix} is recorded at the head and has
 * only what the first of twelve revisions made, 12 tables where its sibling has 22.
 */
public final class Incident {
  public static final String HEAD = "66518741fa75";
  public static final String BASE = "bcacf97a17b8";
  public static final TargetView TARGET =
      new TargetView(
          "devmatrix",
          "localhost",
          5432,
          "devmatrix",
          ".env:3 DATABASE_URL",
          Optional.of("15.18"),
          List.of());
  public static final List<ObjectName> EXTRAS =
      List.of(
          table("agent_runs"),
          table("checkpoints"),
          table("legacy_projects"),
          table("legacy_tasks"),
          table("prompt_cache"),
          table("scratch_notes"));

  private static final List<Step> STEPS =
      List.of(
          step(
              "20251020_1548",
              BASE,
              "Add MasterPlan schema",
              table("discovery_documents"),
              table("masterplan_milestones"),
              table("masterplan_phases"),
              table("masterplan_tasks"),
              table("masterplans")),
          step("20251022_1003", "93ad2d77767b", "Add users table", table("users")),
          step("20251022_1346", "4c1f8b02e9d7", "Extend users table", table("users")),
          step("20251022_1347", "b7e0c5a1d3f4", "Create user_quotas", table("user_quotas")),
          step("20251022_1348", "0d9a6be83c21", "Create user_usage", table("user_usage")),
          step(
              "20251022_1349",
              "e5f7123a9c80",
              "Create conversations_messages",
              table("conversations"),
              table("messages")),
          step(
              "20251022_1350",
              "71c2d4e6f809",
              "masterplans_user_id_fk",
              inside(ObjectKind.COLUMN, "masterplans", "user_id"),
              inside(ObjectKind.CONSTRAINT, "masterplans", "masterplans_user_id_fkey")),
          step(
              "20251022_1351",
              "a94be0c31d57",
              "discovery_documents_user_id_fk",
              inside(ObjectKind.COLUMN, "discovery_documents", "user_id"),
              inside(
                  ObjectKind.CONSTRAINT,
                  "discovery_documents",
                  "discovery_documents_user_id_fkey")),
          step(
              "20251023",
              "mge_v2_schema",
              "MGE V2 schema",
              table("atom_dependencies"),
              table("atom_retry_history"),
              table("atomic_units"),
              table("dependency_graphs"),
              table("execution_waves"),
              table("human_review_queue"),
              table("validation_results")),
          step(
              "20251028_0912",
              "2f60b8d4a1ce",
              "Add acceptance tests",
              table("acceptance_test_results"),
              table("acceptance_tests")),
          step(
              "20251104_1720",
              "c83e5f91b706",
              "Add masterplan versions and history",
              table("masterplan_history"),
              table("masterplan_versions")),
          step(
              "20251112_1105",
              HEAD,
              "Add cognitive_architecture_semantic_fields",
              table("atomic_units")));

  private Incident() {}

  /** The scripts' history, one chain. */
  public static List<Revision> revisions() {
    var revisions = new ArrayList<Revision>();
    for (Step step : STEPS) {
      List<String> parents = revisions.isEmpty() ? List.of() : List.of(revisions.getLast().id());
      revisions.add(step.revision(parents));
    }
    return revisions;
  }

  /** The scripts' history as a graph. */
  public static RevisionGraph graph() {
    return RevisionGraph.of(revisions(), List.of());
  }

  /** What the scripts create. */
  public static Expectation expectation() {
    Map<String, RevisionExpectation> expected = new LinkedHashMap<>();
    for (Step step : STEPS) {
      List<Effect> effects =
          step.objects().stream()
              .filter(
                  object ->
                      STEPS.stream()
                          .limit(STEPS.indexOf(step))
                          .noneMatch(earlier -> earlier.objects().contains(object)))
              .map(
                  object ->
                      new Effect(
                          object,
                          Optional.empty(),
                          Optional.empty(),
                          Optional.of(Definition.EXISTS)))
              .toList();
      expected.put(step.id(), new RevisionExpectation(step.id(), effects, true, List.of()));
    }
    return new Expectation(Expectation.Source.SCRIPTS, expected, List.of(), Map.of());
  }

  /** {@code devmatrix} as it was found. */
  public static Diagnosis inconsistent() {
    return inconsistentAt(TrueState.between(List.of(BASE), List.of(BASE)));
  }

  /** {@code devmatrix} with another true state. */
  public static Diagnosis inconsistentAt(TrueState trueState) {
    return diagnosis(
        Verdict.INCONSISTENT,
        trueState,
        judged(HEAD, 1),
        List.of(hollow(), brokenChain(), orphans()),
        EXTRAS,
        12);
  }

  /** {@code devmatrix_test}: all there. */
  public static Diagnosis consistent() {
    return diagnosis(
        Verdict.CONSISTENT,
        TrueState.between(List.of(HEAD), List.of(HEAD)),
        judged(HEAD, STEPS.size()),
        List.of(),
        List.of(),
        22);
  }

  /** A database that has not seen the last three revisions. */
  public static Diagnosis behind() {
    List<RevisionDiagnosis> revisions = judged("mge_v2_schema", 9);
    return new Diagnosis(
        Verdict.BEHIND,
        ledger("mge_v2_schema"),
        List.of(HEAD),
        Expectation.Source.LOCK,
        true,
        Optional.of(TrueState.between(List.of("mge_v2_schema"), List.of("mge_v2_schema"))),
        revisions,
        List.of(),
        List.of(),
        List.of(
            new IgnoredObject(FindingCode.SG112, table("agent_runs"), "owned by the agents"),
            new IgnoredObject(FindingCode.SG112, table("checkpoints"), "owned by the agents"),
            new IgnoredObject(
                FindingCode.SG105,
                inside(ObjectKind.COLUMN, "users", "email"),
                "citext on production")),
        List.of("stampguard.properties:4"),
        18);
  }

  /** What {@code diagnose} has to say about {@code devmatrix}. */
  public static DiagnosisReport diagnose() {
    return diagnose(inconsistent(), List.of(new Sibling("devmatrix_test", Verdict.CONSISTENT, 22)));
  }

  /** The whole story of some diagnosis. */
  public static DiagnosisReport diagnose(Diagnosis diagnosis, List<Sibling> siblings) {
    return new DiagnosisReport(
        DiagnosisReport.Command.DIAGNOSE,
        diagnosis,
        TARGET,
        "alembic",
        "migrations",
        Optional.of(siblings),
        Optional.of(diagnosis.verdict() == Verdict.INCONSISTENT ? waysOut() : List.of()));
  }

  /** The gate of some diagnosis. */
  public static DiagnosisReport check(Diagnosis diagnosis) {
    return new DiagnosisReport(
        DiagnosisReport.Command.CHECK,
        diagnosis,
        TARGET,
        "alembic",
        "migrations",
        Optional.empty(),
        Optional.empty());
  }

  /** A table of the usual schema. */
  public static ObjectName table(String name) {
    return ObjectName.of(ObjectKind.TABLE, "public", name);
  }

  /** A part of a table of the usual schema. */
  public static ObjectName inside(ObjectKind kind, String table, String name) {
    return ObjectName.of(kind, "public", table, name);
  }

  /** A ledger with one row. */
  public static Ledger ledger(String... rows) {
    return new Ledger(
        new QualifiedName("public", "alembic_version"),
        true,
        List.of(rows),
        List.of(),
        true,
        OptionalInt.of(32));
  }

  /** A diagnosis made from the scripts, recorded at the head. */
  public static Diagnosis diagnosis(
      Verdict verdict,
      TrueState trueState,
      List<RevisionDiagnosis> revisions,
      List<Finding> findings,
      List<ObjectName> extras,
      int tables) {
    return new Diagnosis(
        verdict,
        ledger(HEAD),
        List.of(HEAD),
        Expectation.Source.SCRIPTS,
        true,
        Optional.of(trueState),
        revisions,
        findings,
        extras,
        List.of(),
        List.of(),
        tables);
  }

  private static List<RevisionDiagnosis> judged(String recordedUpTo, int applied) {
    var judged = new ArrayList<RevisionDiagnosis>();
    boolean recorded = true;
    for (Revision revision : revisions()) {
      boolean there = judged.size() < applied;
      List<ObjectName> objects = STEPS.get(judged.size()).objects();
      Evidence evidence = there ? Evidence.PRESENT : Evidence.ABSENT;
      judged.add(
          new RevisionDiagnosis(
              revision,
              recorded,
              evidence,
              RevisionState.of(recorded, evidence),
              there ? List.of() : objects,
              List.of(),
              there ? objects : List.of(),
              true));
      recorded = recorded && !revision.id().equals(recordedUpTo);
    }
    return judged;
  }

  private static Finding hollow() {
    List<RevisionDiagnosis> hollow = judged(HEAD, 1).subList(1, STEPS.size());
    return new Finding(
        FindingCode.SG102,
        FindingCode.SG102.severity(),
        FindingCode.SG102.title(),
        "The ledger records 11 revisions after `bcacf97a17b8` of which nothing is there. Somebody set"
            + " the ledger without running them.",
        hollow.stream().map(RevisionDiagnosis::missing).flatMap(List::stream).toList(),
        hollow.stream().map(revision -> revision.revision().id()).toList(),
        "set the ledger back to `bcacf97a17b8` and upgrade, or run against `devmatrix_test`");
  }

  private static Finding brokenChain() {
    return new Finding(
        FindingCode.SG111,
        FindingCode.SG111.severity(),
        FindingCode.SG111.title(),
        "Revision `bcacf97a17b8` needs `table public.users`, which only `93ad2d77767b` creates, later.",
        List.of(table("users")),
        List.of(BASE),
        "do not drop this database in the hope of migrating it anew");
  }

  private static Finding orphans() {
    return new Finding(
        FindingCode.SG112,
        FindingCode.SG112.severity(),
        FindingCode.SG112.title(),
        "6 tables belong to no revision.",
        EXTRAS,
        List.of(),
        "accept them with `ignore=SG112:GLOB # reason` if they are meant to be there");
  }

  private static List<WayOut> waysOut() {
    return List.of(
        new WayOut(
            Strategy.RESTAMP,
            true,
            true,
            "the catalog is exactly at `bcacf97a17b8`, so the ledger can be set to it and the 11"
                + " revisions after it can run"),
        new WayOut(
            Strategy.MISSING, true, false, "11 whole revisions are absent and can run in order"),
        new WayOut(
            Strategy.GRAFT,
            false,
            false,
            "no revision is partly there: whole revisions are absent"),
        new WayOut(
            Strategy.RECREATE,
            false,
            false,
            "the scripts cannot build a database from nothing (SG111)"),
        new WayOut(
            Strategy.SWITCH, true, false, "`devmatrix_test` is consistent and has all 22 tables"));
  }

  private static Step step(String date, String id, String message, ObjectName... objects) {
    return new Step(date, id, message, List.of(objects));
  }

  private record Step(String date, String id, String message, List<ObjectName> objects) {
    private Revision revision(List<String> parents) {
      String slug = message.toLowerCase(Locale.ROOT).replace(' ', '_');
      return new Revision(
          id,
          message,
          "migrations/versions/" + date + "_" + slug + ".py",
          16,
          parents,
          List.of(),
          List.of(),
          created());
    }

    private Optional<String> created() {
      String day = date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6, 8);
      return Optional.of(
          date.length() == 8
              ? day
              : day + " " + date.substring(9, 11) + ":" + date.substring(11) + ":09.123456");
    }
  }
}
