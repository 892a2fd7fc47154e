package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.repair.graft.Graft;
import dev.stampguard.repair.graft.GraftStatement;
import dev.stampguard.repair.graft.GraftWish;
import dev.stampguard.repair.plan.LedgerPlanner;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.service.graft.Grafting;
import dev.stampguard.service.graft.Reindexing;
import dev.stampguard.service.replay.Replayer;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Drafts a graft: what is missing, taken from a replay of the scripts or from another database. */
final class GraftDrafter {
  /** Findings that a graft leaves alone unless objects that are there may be changed. */
  private static final Set<FindingCode> OF_OTHER_FORM = EnumSet.of(FindingCode.SG105);

  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Repairer.Request request;

  GraftDrafter(PostgresConnector connector, MigrationProject project, Repairer.Request request) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.request = Objects.requireNonNull(request);
  }

  Draft draft(
      Diagnosis diagnosis,
      Expectation expectation,
      Inspection seen,
      List<Sibling> siblings,
      LedgerPlanner planner) {
    GraftWish wish = wish(diagnosis, expectation, seen);
    Graft graft =
        wish.isEmpty() ? new Graft(List.of(), List.of()) : graft(wish, diagnosis, siblings);
    if (!graft.obstacles().isEmpty()) {
      Graft.Obstacle first = graft.obstacles().getFirst();
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` cannot be grafted: %s".formatted(first.object(), first.reason()),
          "`stampguard diagnose` lists the other ways");
    }
    var only = new HashSet<>(wish.create());
    only.addAll(wish.redefine());
    Map<ObjectName, QualifiedName> invalid = invalid(diagnosis, seen, only);
    var statements = new ArrayList<>(graft.statements());
    statements.addAll(new Reindexing(connector, request.target()).of(invalid));
    only.addAll(invalid.keySet());
    var plan =
        new PlanDraft(
            Strategy.GRAFT,
            Stream.concat(
                    statements.stream().map(statement -> step(statement, diagnosis)),
                    planner.clearMarks().stream())
                .toList(),
            // To build an index again says nothing about what ran.
            wish.isEmpty() ? List.of() : planner.dataLeftOut(),
            ends(diagnosis));
    return new Draft(
        plan,
        Optional.of(only),
        new Draft.Means.InPlace(
            database ->
                new JdbcTransaction(
                    connector.open(database),
                    project.ledger(),
                    seen.ledger(),
                    List.of(Grafting.settings()),
                    Drafter.LIMITS)));
  }

  /** What recorded revisions owe; of what is there in another form only what was asked for. */
  private GraftWish wish(Diagnosis diagnosis, Expectation expectation, Inspection seen) {
    var create = new TreeSet<ObjectName>();
    var redefine = new TreeSet<ObjectName>();
    for (RevisionDiagnosis revision : diagnosis.revisions()) {
      if (!revision.recorded()) {
        continue;
      }
      for (ObjectName object : revision.missing()) {
        // One that is there as it was before the revision is missing in its new form.
        (seen.catalog().contains(object) ? redefine : create).add(object);
      }
      revision.different().stream()
          .filter(object -> isToRedefine(object, revision.revision().id(), expectation, seen))
          .forEach(redefine::add);
    }
    return new GraftWish(create, redefine, backfills(create));
  }

  /** Indexes to build again, with their tables; one that is made anew needs no more. */
  private static Map<ObjectName, QualifiedName> invalid(
      Diagnosis diagnosis, Inspection seen, Set<ObjectName> made) {
    var invalid = new TreeMap<ObjectName, QualifiedName>();
    for (ObjectName index : WaysOut.toRebuild(diagnosis)) {
      if (!made.contains(index)) {
        invalid.put(index, seen.catalog().objects().get(index).relation().orElseThrow());
      }
    }
    return invalid;
  }

  private Map<ObjectName, String> backfills(Set<ObjectName> create) {
    var backfills = new TreeMap<ObjectName, String>();
    request
        .options()
        .backfills()
        .forEach(
            (column, sql) ->
                backfills.put(
                    create.stream()
                        .filter(object -> object.kind() == ObjectKind.COLUMN)
                        .filter(object -> object.qualified().equals(column))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                new StampguardException(
                                    ExitCode.USAGE,
                                    "`--backfill %s` names no column that is missing"
                                        .formatted(column),
                                    "name it as `stampguard diagnose` does, without the word `column`")),
                    sql));
    return backfills;
  }

  /**
   * What is still as it was before its revision is missing in its new form; what somebody gave a
   * form of its own is changed only on request. What a revision should have dropped stays.
   */
  private boolean isToRedefine(
      ObjectName object, String revision, Expectation expectation, Inspection seen) {
    Optional<Effect> effect =
        Optional.ofNullable(expectation.revisions().get(revision)).stream()
            .flatMap(known -> known.effects().stream())
            .filter(e -> e.object().equals(object))
            .findFirst();
    return effect.isPresent()
        && effect.get().after().isPresent()
        && (request.options().redefine()
            || Definition.match(effect.get().before(), seen.catalog().find(object)));
  }

  private Set<FindingCode> ends(Diagnosis diagnosis) {
    Set<FindingCode> ends = EnumSet.noneOf(FindingCode.class);
    diagnosis.findings().stream()
        .filter(WaysOut::isRepairable)
        .map(Finding::code)
        .filter(code -> request.options().redefine() || !OF_OTHER_FORM.contains(code))
        .filter(code -> code != FindingCode.SG109)
        .forEach(ends::add);
    // Of a code that tells of others' objects as well something stays.
    diagnosis.findings().stream()
        .filter(finding -> finding.isContradiction() && !WaysOut.isRepairable(finding))
        .map(Finding::code)
        .forEach(ends::remove);
    // What the ledger does not know of is the ledger's matter, and comes next.
    if (ends.size() > 1) {
      ends.remove(FindingCode.SG107);
    }
    return ends;
  }

  private static PlanDraft.Step step(GraftStatement statement, Diagnosis diagnosis) {
    return new PlanDraft.Step(
        new RepairStep.RunStatement(
            statement.object(), statement.sql(), statement.inverse(), statement.remark()),
        reason(statement.object(), diagnosis),
        statement.hazards(),
        statement.endsSegment());
  }

  private static Optional<FindingCode> reason(ObjectName object, Diagnosis diagnosis) {
    List<Finding> repairable = diagnosis.findings().stream().filter(WaysOut::isRepairable).toList();
    return repairable.stream()
        .filter(finding -> finding.objects().contains(object))
        .findFirst()
        .or(() -> repairable.stream().findFirst())
        .map(Finding::code);
  }

  private Graft graft(GraftWish wish, Diagnosis diagnosis, List<Sibling> siblings) {
    var grafting = new Grafting(connector, request.rehearsal().path());
    if (request.reference().isPresent()) {
      return grafting.plan(request.reference().get(), request.target(), wish);
    }
    StampguardException cannotReplay;
    try (Scratch scratch = replayed(source(diagnosis))) {
      return grafting.plan(scratch.target(), request.target(), wish);
    } catch (StampguardException e) {
      cannotReplay = e;
    }
    // The chain may be broken where a database that is whole is not.
    Target sibling =
        siblings.stream()
            .filter(s -> s.verdict() == Verdict.CONSISTENT)
            .findFirst()
            .map(s -> request.target().withDatabase(s.database(), "sibling"))
            .orElseThrow(() -> cannotReplay);
    return grafting.plan(sibling, request.target(), wish);
  }

  /** All that is recorded, or what something is owed by where not all of that can run here. */
  private List<String> source(Diagnosis diagnosis) {
    List<String> recorded =
        diagnosis.revisions().stream()
            .filter(RevisionDiagnosis::recorded)
            .map(revision -> revision.revision().id())
            .toList();
    return project.lack(request.replay().run(), recorded).isPresent()
        ? WaysOut.owing(diagnosis)
        : recorded;
  }

  private Scratch replayed(List<String> revisions) {
    project
        .notAllowed(request.replay().run())
        .ifPresent(
            missing -> {
              throw missing.refusing(
                  "repair",
                  "`graft` takes what is missing from a replay of the scripts, which are code, and nobody allowed that");
            });
    return Replayer.of(connector, project, request.replay())
        .build(
            new Replayer.Request(request.replay(), Optional.of(request.target()), Optional.empty()),
            revisions,
            request.progress())
        .orElseThrow(
            () ->
                new StampguardException(
                    ExitCode.NO_ACCESS,
                    "there is no place to replay the scripts in, which the missing objects are taken from",
                    "name a database that has them with `--reference`, or a server with `--scratch URL`"));
  }
}
