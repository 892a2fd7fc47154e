package dev.stampguard.report;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.TableState;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Evidence;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.CatalogFingerprint;
import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reports beside the incident: empty ones, long ones, and one full of hostile names. */
public final class Samples {
  /** Moves the cursor, turns the text around, breaks the line. */
  public static final String HOSTILE = "evil\u001b[2J\u202etxt\n\u009bname";

  private Samples() {}

  /** The backup of the incident's database before a repair. */
  public static BackupReport.Created backup() {
    return new BackupReport.Created(
        backup("20251127T035512Z-devmatrix", Manifest.Kind.FULL, Set.of("public.masterplans")),
        "stampguard restore 20251127T035512Z-devmatrix");
  }

  /** One of each kind, and what is none. */
  public static BackupReport.Listed backups() {
    return new BackupReport.Listed(
        "/home/ci/devmatrix/.stampguard/backups",
        List.of(
            backup("20251126T100000Z-devmatrix", Manifest.Kind.SCHEMA, Set.of()),
            backup("20251127T035512Z-devmatrix", Manifest.Kind.FULL, Set.of("public.masterplans")),
            backup(
                "20251127T041500Z-devmatrix", Manifest.Kind.AFFECTED, Set.of("public.masterplans")),
            backup("20251127T042000Z-devmatrix", Manifest.Kind.ENV, Set.of())),
        List.of("`20251127T043000Z-devmatrix` has no usable manifest: it is missing"));
  }

  /** Nothing there. */
  public static BackupReport.Listed noBackups() {
    return new BackupReport.Listed("/home/ci/devmatrix/.stampguard/backups", List.of(), List.of());
  }

  /** One that was proven, or was not. */
  public static BackupReport.Verified verified(String... problems) {
    return new BackupReport.Verified(backup().backup(), List.of(problems));
  }

  /** One deleted, two left. */
  public static BackupReport.Pruned pruned() {
    return new BackupReport.Pruned(List.of(backup().backup()), 2);
  }

  /** Database and file, with everything there is to say. */
  public static RestoreReport restored() {
    return new RestoreReport(
        "20251127T035512Z-devmatrix",
        Optional.of("devmatrix"),
        Optional.of("devmatrix_before_20251127_050000"),
        Optional.of("stampguard restore devmatrix_before_20251127_050000 --url postgresql://h/d"),
        List.of(new RestoreReport.RestoredFile(".env", Optional.of(".env.backup"))),
        List.of(
            "setting `work_mem` of role `gone` could not be taken over: role \"gone\" does not exist"));
  }

  /** Nothing but files, and they were as they are. */
  public static RestoreReport untouched() {
    return new RestoreReport(
        "20251127T042000Z-devmatrix",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Backup backup(String id, Manifest.Kind kind, Set<String> held) {
    boolean hasDatabase = kind != Manifest.Kind.ENV;
    var state =
        new DatabaseState(
            new CatalogFingerprint("0".repeat(64)),
            new TreeMap<>(
                Map.of(
                    "public.masterplans",
                    new TableState(1234, "a"),
                    "public.masterplan_tasks",
                    new TableState(1, "b"))),
            List.of("66518741fa75"),
            "700:700:",
            "1/2",
            0);
    var dump =
        new Manifest.Dump(
            "15.18",
            15,
            Optional.of(
                new Manifest.LedgerTable(
                    new QualifiedName("public", "alembic_version"), "version_num")),
            state,
            new TreeSet<>(held));
    String digest = "ab".repeat(32);
    return new Backup(
        id,
        Path.of("/home/ci/devmatrix/.stampguard/backups", id),
        new Manifest(
            "0.1.0",
            Instant.parse("2025-11-27T03:55:12Z"),
            kind,
            new Manifest.Place("devmatrix", "localhost", 5432),
            hasDatabase
                ? Optional.of(
                    new Manifest.RevisionSpan(
                        List.of("bcacf97a17b8"), List.of("bcacf97a17b8"), true))
                : Optional.empty(),
            hasDatabase ? Optional.of(dump) : Optional.empty(),
            List.of(new Manifest.EnvCopy("env/0-.env", ".env", "ci", "ci", "rw-------")),
            hasDatabase
                ? List.of(
                    new Manifest.StoredFile("database.dump", 12_345_678, digest),
                    new Manifest.StoredFile("env/0-.env", 63, digest))
                : List.of(new Manifest.StoredFile("env/0-.env", 63, digest))));
  }

  /** The two databases of the incident side by side. */
  public static ComparisonReport comparison() {
    return new ComparisonReport(
        new ComparisonReport.Side("devmatrix", 12),
        new ComparisonReport.Side("devmatrix_test", 22),
        Incident.EXTRAS,
        List.of(
            Incident.table("users"),
            Incident.table("atomic_units"),
            Incident.inside(ObjectKind.COLUMN, "masterplans", "user_id")),
        List.of(
            new ComparisonReport.Difference(
                ObjectName.function("public", "touch", ""),
                new Definition.Canonical("CREATE FUNCTION public.touch()\n RETURNS trigger\nold"),
                new Definition.Canonical("CREATE FUNCTION public.touch()\n RETURNS trigger\nnew")),
            new ComparisonReport.Difference(
                Incident.inside(ObjectKind.COLUMN, "masterplans", "name"),
                new Definition.Canonical("character varying(100) NOT NULL"),
                new Definition.Canonical("character varying(255) NOT NULL"))),
        Optional.of(
            List.of(
                rows("users", OptionalLong.empty(), OptionalLong.of(3)),
                rows("masterplans", OptionalLong.of(1024), OptionalLong.of(2)),
                rows("masterplan_tasks", OptionalLong.of(0), OptionalLong.of(0)))));
  }

  /** Two schemas without a difference, rows not counted. */
  public static ComparisonReport equal() {
    return new ComparisonReport(
        new ComparisonReport.Side("a", 1),
        new ComparisonReport.Side("b", 1),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** A target that overrides two other sources. */
  public static TargetReport target() {
    return new TargetReport(
        new TargetView(
            "devmatrix",
            "::1",
            5433,
            "devmatrix",
            "environment DATABASE_URL",
            Optional.empty(),
            List.of("`.env:3 DATABASE_URL` names another database, `devmatrix_test`")),
        Optional.empty(),
        List.of(
            new TargetReport.Losing(".env:3 DATABASE_URL", "devmatrix_test"),
            new TargetReport.Losing("alembic.ini:63 sqlalchemy.url", "postgres")),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** A target that was another one until just now. */
  public static TargetReport switchedTarget() {
    return new TargetReport(
        new TargetView(
            "devmatrix_test",
            "localhost",
            5432,
            "devmatrix",
            ".env:3 DATABASE_URL",
            Optional.empty(),
            List.of("`.env:4 ASYNC_URL` still names `devmatrix`")),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.of(
            new TargetReport.Switch(
                ".env:3 DATABASE_URL",
                "devmatrix",
                "devmatrix_test",
                Optional.of(Verdict.CONSISTENT),
                ".env.backup",
                "stampguard target use devmatrix --allow-unhealthy")));
  }

  /** A target nobody disagrees about, under a policy, on a local socket. */
  public static TargetReport undisputedTarget() {
    return new TargetReport(
        new TargetView(
            "devmatrix_test",
            "/var/run/postgresql",
            5432,
            "postgres",
            "--url",
            Optional.of("18.3"),
            List.of()),
        Optional.empty(),
        List.of(),
        Optional.of("devmatrix_*"),
        List.of(
            new TargetReport.RunRule("e2e", "*_test", true),
            new TargetReport.RunRule("deploy", "devmatrix,devmatrix_stage", false)),
        Optional.empty());
  }

  /** A lock file that was brought up to date, with a revision that cannot run from nothing. */
  public static SnapshotReport snapshot() {
    return new SnapshotReport(
        "stampguard.lock",
        12,
        143,
        true,
        false,
        "PostgreSQL 18.3",
        List.of(
            "`migrations/versions/0007_link.py:21`: `0007_link` needs `table public.users`, which"
                + " nothing before it creates",
            "`0008_more` needs `0007_link`"),
        intact(
            new LockDrift(
                List.of("0008_more", "0009_end"), List.of("0003_names"), List.of(), List.of())));
  }

  /** A lock file that is there and from which the scripts moved on; reports say only how far. */
  public static PreviousLock intact(LockDrift drift) {
    return new PreviousLock.Intact(
        new LockFile("alembic", 18, "public", Collections.emptySortedMap()), drift);
  }

  /** A lock file that no longer speaks of these scripts, looked at with {@code --check}. */
  public static SnapshotReport staleSnapshot() {
    return checked(
        intact(
            new LockDrift(
                List.of("a", "b", "c", "d", "e", "f"),
                List.of("g"),
                List.of("h", "i"),
                List.of("j"))));
  }

  /** A lock file that a merge left in two minds, its path full of hostile names. */
  public static SnapshotReport brokenSnapshot() {
    return checked(
        new PreviousLock.Broken(
            "`%s/stampguard.lock:11` holds a merge marker of git".formatted(HOSTILE)));
  }

  /** A {@code --check} that would change the file. */
  public static SnapshotReport checked(PreviousLock previous) {
    return new SnapshotReport(
        "stampguard.lock", 12, 143, true, true, "PostgreSQL 18.3", List.of(), previous);
  }

  /** A lock file of one revision that needed no change. */
  public static SnapshotReport currentSnapshot() {
    return new SnapshotReport(
        "stampguard.lock",
        1,
        1,
        false,
        true,
        "PostgreSQL 15.18",
        List.of(),
        intact(LockDrift.NONE));
  }

  /** Nothing known of an empty database without scripts. */
  public static DiagnosisReport nothing() {
    return Incident.diagnose(
        new Diagnosis(
            Verdict.CONSISTENT,
            new Ledger(
                new QualifiedName("public", "alembic_version"),
                false,
                List.of(),
                List.of(),
                true,
                OptionalInt.empty()),
            List.of(),
            Expectation.Source.SCRIPTS,
            true,
            Optional.of(TrueState.between(List.of(), List.of())),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0),
        List.of());
  }

  /** Names that try to take over the terminal, and wide ones, wherever a name can stand. */
  public static DiagnosisReport hostile() {
    var revision =
        new Revision(
            HOSTILE,
            "テーブルを追加 " + HOSTILE,
            HOSTILE + ".py",
            1,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    ObjectName missing = Incident.table(HOSTILE);
    var judged =
        new RevisionDiagnosis(
            revision,
            true,
            Evidence.PARTIAL,
            RevisionState.PARTIAL,
            List.of(missing),
            List.of(Incident.inside(ObjectKind.COLUMN, "Übung \"x\"", "e\u0301")),
            List.of(Incident.table("日本")),
            false);
    var finding =
        new Finding(
            FindingCode.SG104,
            Severity.ERROR,
            FindingCode.SG104.title(),
            "`" + HOSTILE + "` is half there",
            List.of(missing, Incident.table("日本")),
            List.of(HOSTILE),
            "look at `" + HOSTILE + "`");
    var diagnosis =
        new Diagnosis(
            Verdict.INCONSISTENT,
            new Ledger(
                new QualifiedName("Mixed Case", HOSTILE),
                true,
                List.of(HOSTILE, "gone"),
                List.of(new QualifiedName("other", "alembic_version")),
                false,
                OptionalInt.empty()),
            List.of(HOSTILE),
            Expectation.Source.REPLAY,
            false,
            Optional.empty(),
            List.of(judged),
            List.of(finding),
            List.of(Incident.table(HOSTILE + "2")),
            List.of(),
            List.of(),
            3);
    return new DiagnosisReport(
        DiagnosisReport.Command.DIAGNOSE,
        diagnosis,
        new TargetView(
            HOSTILE,
            HOSTILE,
            5432,
            HOSTILE,
            HOSTILE,
            Optional.of(HOSTILE),
            List.of("odd: " + HOSTILE)),
        HOSTILE,
        HOSTILE,
        Optional.of(List.of(new Sibling(HOSTILE, Verdict.UNKNOWN, 1))),
        Optional.of(List.of(new WayOut(Strategy.GRAFT, true, true, HOSTILE))));
  }

  /** A check of a database with such a name. */
  public static DiagnosisReport hostileCheck() {
    DiagnosisReport hostile = hostile();
    return new DiagnosisReport(
        DiagnosisReport.Command.CHECK,
        hostile.diagnosis(),
        hostile.target(),
        hostile.toolName(),
        hostile.toolLocation(),
        Optional.empty(),
        Optional.empty());
  }

  /** 130 revisions in a chain: 60 applied, 10 whose objects are gone, 60 pending. */
  public static DiagnosisReport longHistory() {
    var revisions = new ArrayList<RevisionDiagnosis>();
    for (int i = 1; i <= 130; i++) {
      String id = "r%03d".formatted(i);
      List<ObjectName> objects = new ArrayList<>();
      for (int j = 1; j <= 5; j++) {
        objects.add(Incident.table("t%03d_%d".formatted(i, j)));
      }
      boolean recorded = i <= 70;
      boolean there = i <= 60;
      Evidence evidence = there ? Evidence.PRESENT : Evidence.ABSENT;
      revisions.add(
          new RevisionDiagnosis(
              new Revision(
                  id,
                  "Step " + i,
                  "migrations/versions/" + id + ".py",
                  3,
                  i == 1 ? List.of() : List.of("r%03d".formatted(i - 1)),
                  List.of(),
                  List.of(),
                  Optional.empty()),
              recorded,
              evidence,
              RevisionState.of(recorded, evidence),
              there ? List.of() : objects,
              List.of(),
              there ? objects : List.of(),
              true));
    }
    return Incident.diagnose(
        new Diagnosis(
            Verdict.INCONSISTENT,
            Incident.ledger("r070"),
            List.of("r130"),
            Expectation.Source.LOCK,
            true,
            Optional.of(new TrueState(List.of("r059"), List.of("r060"), false)),
            revisions,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            301),
        List.of());
  }

  private static ComparisonReport.RowCount rows(
      String table, OptionalLong left, OptionalLong right) {
    return new ComparisonReport.RowCount(new QualifiedName("public", table), left, right);
  }
}
