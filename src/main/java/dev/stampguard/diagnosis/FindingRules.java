package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue's rules: from facts and evidence to findings. */
final class FindingRules {
  private final Facts facts;
  private final CatalogSnapshot catalog;
  private final ObjectHistory history;
  private final Map<String, RevisionDiagnosis> revisions = new LinkedHashMap<>();
  private final Map<String, String> causes;
  private final Optional<TrueState> trueState;
  private final List<ObjectName> extras;
  private final List<String> unknownRows;
  private final List<Finding> findings = new ArrayList<>();

  FindingRules(
      Facts facts,
      CatalogSnapshot catalog,
      ObjectHistory history,
      List<RevisionDiagnosis> revisions,
      Map<String, String> causes,
      Optional<TrueState> trueState,
      List<ObjectName> extras) {
    this.facts = facts;
    this.catalog = catalog;
    this.history = history;
    revisions.forEach(revision -> this.revisions.put(revision.revision().id(), revision));
    this.causes = causes;
    this.trueState = trueState;
    this.extras = extras;
    this.unknownRows =
        facts.ledger().rows().stream()
            .filter(row -> !facts.graph().isDefined(row))
            .distinct()
            .toList();
  }

  List<Finding> apply() {
    unknownRevisions();
    if (isEverythingHollow()) {
      everythingHollow();
    } else {
      Set<String> scattered = modelsAndStamped();
      hollow(scattered);
      partial(scattered);
    }
    altered();
    unrecorded();
    ledgerRows();
    brokenChain();
    orphans();
    invalidIndexes();
    ledgerPlace();
    ledgerWidth();
    edited();
    facts.doubts().forEach(this::doubt);
    findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::code));
    return List.copyOf(findings);
  }

  private void add(
      FindingCode code,
      String detail,
      Collection<ObjectName> objects,
      List<String> ids,
      String hint) {
    add(code, code.severity(), detail, objects, ids, hint);
  }

  private void add(
      FindingCode code,
      Severity severity,
      String detail,
      Collection<ObjectName> objects,
      List<String> ids,
      String hint) {
    findings.add(
        new Finding(code, severity, code.title(), detail, List.copyOf(objects), ids, hint));
  }

  private void unknownRevisions() {
    if (unknownRows.isEmpty()) {
      return;
    }
    String nearest =
        trueState
            .map(state -> "What is in the database matches " + Words.state(state) + ".")
            .orElse("No state that the scripts know matches what is in the database.");
    add(
        FindingCode.SG110,
        "The ledger `%s` records %s, which no script defines. %s"
            .formatted(facts.ledger().table(), names(unknownRows), nearest),
        List.of(),
        unknownRows,
        "check out the branch or release whose scripts define "
            + names(unknownRows)
            + "; do not stamp over it before it is known what it did");
  }

  private Map<String, RevisionDiagnosis> inState(RevisionState first, RevisionState... more) {
    var states = EnumSet.of(first, more);
    var members = new LinkedHashMap<String, RevisionDiagnosis>();
    revisions.forEach(
        (id, revision) -> {
          if (states.contains(revision.state())) {
            members.put(id, revision);
          }
        });
    return members;
  }

  private List<List<String>> groups(Map<String, RevisionDiagnosis> members) {
    return groups(members, inState(RevisionState.ASSUMED).keySet());
  }

  private List<List<String>> groups(Map<String, RevisionDiagnosis> members, Set<String> bridges) {
    return Groups.connected(facts.graph(), history, members, bridges, causes);
  }

  /** The state that a finding about this revision goes by: that of the revision it follows. */
  private RevisionState rootState(String id) {
    String root = id;
    while (causes.containsKey(root)) {
      root = causes.get(root);
    }
    return revisions.get(root).state();
  }

  private List<ObjectName> owedBy(List<String> ids) {
    return ids.stream()
        .map(revisions::get)
        .flatMap(
            revision -> Stream.concat(revision.missing().stream(), revision.different().stream()))
        .sorted()
        .distinct()
        .toList();
  }

  /** Tables the recorded revisions should have left. */
  private Set<ObjectName> expectedTables() {
    return expectedWhere((object, definition) -> object.kind() == ObjectKind.TABLE);
  }

  /** Objects the recorded revisions should have left, by the last of them that wrote each. */
  private Set<ObjectName> expectedWhere(BiPredicate<ObjectName, Definition> condition) {
    var expected = new HashSet<ObjectName>();
    history
        .all()
        .forEach(
            (object, writes) -> {
              Optional<Definition> left = Optional.empty();
              for (Write write : writes) {
                if (revisions.get(write.revision()).recorded()) {
                  left = write.effect().after();
                }
              }
              left.filter(definition -> condition.test(object, definition))
                  .ifPresent(definition -> expected.add(object));
            });
    return expected;
  }

  /**
   * Whether tables are missing and none is left, be it under a name it should not have any more.
   */
  private boolean isEverythingHollow() {
    Set<ObjectName> missing =
        revisions.values().stream()
            .flatMap(revision -> revision.missing().stream())
            .collect(Collectors.toSet());
    Set<ObjectName> expected = expectedTables();
    return !expected.isEmpty()
        && missing.containsAll(expected)
        && history.all().keySet().stream()
            .noneMatch(object -> object.kind() == ObjectKind.TABLE && catalog.contains(object));
  }

  private void everythingHollow() {
    Set<ObjectName> tables = expectedTables();
    Map<String, RevisionDiagnosis> members =
        inState(RevisionState.HOLLOW, RevisionState.PARTIAL, RevisionState.ALTERED);
    members
        .values()
        .removeIf(
            revision -> revision.state() == RevisionState.ALTERED && revision.missing().isEmpty());
    List<String> ids = List.copyOf(members.keySet());
    List<ObjectName> survivors =
        ids.stream().flatMap(id -> revisions.get(id).present().stream()).sorted().toList();
    add(
        FindingCode.SG101,
        "The ledger says %s, but not one of the %s its revisions own is there.%s"
            .formatted(
                Words.state(facts.ledger().rows()),
                count(tables.size(), "table"),
                survivors.isEmpty()
                    ? ""
                    : " Left over: "
                        + names(survivors)
                        + "; a plain upgrade would fail on them with \"already exists\"."),
        members.values().stream().flatMap(FindingRules::lackedInPart).toList(),
        ids,
        survivors.isEmpty()
            ? stampAndUpgrade(TrueState.between(List.of(), List.of()))
            : "recreate the database, or graft what is missing around what survived");
  }

  /**
   * What only migrations create is missing here and there, while tables and columns are all there.
   * A suffix is none of this (a known state explains it), nor is one hole, nor one revision.
   *
   * @return the revisions that one finding speaks for; empty when it is not so
   */
  private Set<String> modelsAndStamped() {
    Map<String, RevisionDiagnosis> lacking =
        inState(RevisionState.HOLLOW, RevisionState.PARTIAL, RevisionState.ALTERED);
    lacking.values().removeIf(revision -> revision.missing().isEmpty());
    List<ObjectName> missing =
        lacking.values().stream().flatMap(revision -> revision.missing().stream()).toList();
    boolean isOneHole =
        lacking.values().stream().allMatch(revision -> revision.state() == RevisionState.HOLLOW)
            && groups(lacking).size() <= 1;
    if (trueState.isPresent() || lacking.size() < 2 || isOneHole || expectedTables().isEmpty()) {
      return Set.of();
    }
    Set<ObjectName> migrationOnly = expectedWhere(MigrationOnly::is);
    // A type that is there may well be a column's, which models create.
    long owned =
        migrationOnly.stream()
            .filter(object -> object.kind() != ObjectKind.TYPE || !catalog.contains(object))
            .count();
    if (!migrationOnly.containsAll(missing) || missing.size() * 2L < owned) {
      return Set.of();
    }
    Set<String> ids = new LinkedHashSet<>(lacking.keySet());
    causes.forEach(
        (follower, cause) -> {
          if (lacking.containsKey(cause)) {
            ids.add(follower);
          }
        });
    List<String> sorted =
        ids.stream().sorted(Comparator.comparingInt(history::positionOf)).toList();
    add(
        FindingCode.SG106,
        "%s of %s missing, all of a kind that only migrations create (%s), while no table and no column is: the schema was created from models, it seems, and stamped."
            .formatted(
                count(missing.size(), "object"),
                count(lacking.size(), "recorded revision"),
                names(missing)),
        missing,
        sorted,
        "graft exactly the missing objects; running the revisions again would fail with \"already exists\"");
    return ids;
  }

  private void hollow(Set<String> told) {
    Map<String, RevisionDiagnosis> members = inState(RevisionState.HOLLOW, RevisionState.PARTIAL);
    members.keySet().removeIf(id -> told.contains(id) || rootState(id) != RevisionState.HOLLOW);
    for (List<String> group : groups(members)) {
      // One that only follows may have left something of its own beside what went with the other.
      List<String> ids = group.stream().filter(id -> !hasLeftTraces(revisions.get(id))).toList();
      List<ObjectName> objects = owedBy(ids);
      List<String> built =
          facts.graph().descendants(ids).stream()
              .filter(id -> hasLeftTraces(revisions.get(id)))
              .sorted(Comparator.comparingInt(history::positionOf))
              .toList();
      if (built.isEmpty()) {
        add(
            FindingCode.SG102,
            "The ledger says %s, but %s from %s on left nothing in the database: %s.%s"
                .formatted(
                    Words.state(facts.ledger().rows()),
                    count(ids.size(), "revision"),
                    revisionName(ids.getFirst()),
                    owed(objects),
                    trueState
                        .map(state -> " The true state is " + Words.state(state) + ".")
                        .orElse("")),
            objects,
            ids,
            trueState
                .filter(TrueState::exact)
                .map(this::stampAndUpgrade)
                .orElse("apply exactly the revisions that are missing"));
      } else {
        add(
            FindingCode.SG103,
            "%s recorded and left nothing in the database (%s), although %s after %s there: %s."
                .formatted(
                    subject(ids),
                    owed(objects),
                    count(built.size(), "revision"),
                    built.size() == 1 ? "it is" : "them are",
                    names(built)),
            objects,
            ids,
            "apply exactly the missing revisions; setting the ledger back cannot repair a hole");
      }
    }
  }

  private static boolean hasLeftTraces(RevisionDiagnosis revision) {
    return revision.recorded()
        && switch (revision.evidence()) {
          case PRESENT, PARTIAL, DIFFERENT -> true;
          case ABSENT, NONE -> false;
        };
  }

  private void partial(Set<String> told) {
    Map<String, RevisionDiagnosis> members =
        inState(RevisionState.HOLLOW, RevisionState.PARTIAL, RevisionState.ALTERED);
    members.keySet().removeIf(id -> told.contains(id) || !isPartial(id));
    for (List<String> ids : groups(members)) {
      List<ObjectName> objects =
          ids.stream().map(revisions::get).flatMap(FindingRules::lackedInPart).toList();
      int there = ids.stream().mapToInt(id -> revisions.get(id).present().size()).sum();
      add(
          FindingCode.SG104,
          "%s only partly there: %s, %s present."
              .formatted(subject(ids), owed(objects), count(there, "object")),
          objects,
          ids,
          "create exactly the missing objects as the revision defines them");
    }
  }

  private boolean isPartial(String id) {
    RevisionDiagnosis revision = revisions.get(id);
    return switch (rootState(id)) {
      case PARTIAL -> true;
      case ALTERED -> revision.state() != RevisionState.ALTERED || !revision.missing().isEmpty();
      case APPLIED, HOLLOW, ASSUMED, UNRECORDED, HALF_APPLIED, PENDING -> false;
    };
  }

  /** What is altered is told apart from what is missing. */
  private static Stream<ObjectName> lackedInPart(RevisionDiagnosis revision) {
    return revision.state() == RevisionState.ALTERED
        ? revision.missing().stream()
        : Stream.concat(revision.missing().stream(), revision.different().stream());
  }

  private void altered() {
    for (List<String> ids : groups(inState(RevisionState.ALTERED))) {
      List<ObjectName> objects =
          ids.stream().flatMap(id -> revisions.get(id).different().stream()).sorted().toList();
      add(
          FindingCode.SG105,
          "%s not as %s made %s."
              .formatted(
                  names(objects) + (objects.size() == 1 ? " is" : " are"),
                  names(ids),
                  objects.size() == 1 ? "it" : "them"),
          objects,
          ids,
          "compare the definitions with `stampguard compare` and decide which one is right");
    }
  }

  private void unrecorded() {
    Map<String, RevisionDiagnosis> ahead =
        inState(RevisionState.UNRECORDED, RevisionState.HALF_APPLIED);
    if (ahead.isEmpty() || !unknownRows.isEmpty()) {
      return;
    }
    Ledger ledger = facts.ledger();
    if (ledger.rows().isEmpty()) {
      List<ObjectName> objects = ahead.keySet().stream().flatMap(this::ahead).toList();
      add(
          FindingCode.SG119,
          "%s, yet %s of the scripts' revisions are in the database.%s"
              .formatted(
                  ledger.exists()
                      ? "The ledger `%s` is empty".formatted(ledger.table())
                      : "There is no ledger `%s`".formatted(ledger.table()),
                  count(objects.size(), "object"),
                  trueState
                      .map(state -> " What is there is " + Words.state(state) + ".")
                      .orElse("")),
          objects,
          List.copyOf(ahead.keySet()),
          trueState
              .filter(TrueState::exact)
              .map(
                  state ->
                      "set the ledger to the proven state " + Words.state(state) + ", then upgrade")
              .orElse("find out which revisions really ran before anything is stamped"));
      return;
    }
    Set<String> bridges = new HashSet<>(inState(RevisionState.PENDING).keySet());
    bridges.removeIf(id -> revisions.get(id).evidence() != Evidence.NONE);
    for (List<String> ids : groups(ahead, bridges)) {
      List<ObjectName> objects = ids.stream().flatMap(this::ahead).toList();
      add(
          FindingCode.SG107,
          "%s not recorded, but %s; the next upgrade would fail."
              .formatted(subject(ids), alreadyDone(ids, objects)),
          objects,
          ids,
          trueState
              .filter(TrueState::exact)
              .map(state -> "`%s`".formatted(facts.commands().stamp(state.lower())))
              .orElse("complete or remove what is there before the next upgrade"));
    }
  }

  /** What a revision that is not recorded would create and is there already, in whatever form. */
  private Stream<ObjectName> ahead(String id) {
    RevisionDiagnosis revision = revisions.get(id);
    return Stream.concat(
        revision.present().stream(),
        revision.different().stream()
            .filter(
                object ->
                    history.writesOf(object).stream()
                        .anyMatch(
                            write ->
                                write.revision().equals(id) && write.effect().before().isEmpty())));
  }

  private static String alreadyDone(List<String> ids, List<ObjectName> objects) {
    String whose = ids.size() == 1 ? "it" : "them";
    return objects.isEmpty()
        ? "what " + whose + " would drop is already gone"
        : "%s of %s %s already there (%s)"
            .formatted(
                count(objects.size(), "object"),
                whose,
                objects.size() == 1 ? "is" : "are",
                names(objects));
  }

  private void ledgerRows() {
    List<String> heads = facts.graph().heads();
    if (heads.size() > 1) {
      add(
          FindingCode.SG109,
          "The scripts end in %s: %s.".formatted(count(heads.size(), "head"), names(heads)),
          List.of(),
          heads,
          "join them with a merge revision, or upgrade to `heads`");
    }
    List<String> rows = facts.ledger().rows();
    List<String> surplus =
        rows.stream()
            .distinct()
            .filter(
                row ->
                    rows.indexOf(row) != rows.lastIndexOf(row)
                        || rows.stream()
                            .anyMatch(
                                other ->
                                    !other.equals(row)
                                        && facts.graph().closure(List.of(other)).contains(row)
                                        && isAncestorByParents(row, other)))
            .sorted()
            .toList();
    if (!surplus.isEmpty()) {
      add(
          FindingCode.SG109,
          Severity.ERROR,
          "The ledger `%s` has %s (%s), but %s already part of another row: the tool keeps one row per head."
              .formatted(
                  facts.ledger().table(),
                  count(rows.size(), "row"),
                  names(rows),
                  names(surplus) + (surplus.size() == 1 ? " is" : " are")),
          List.of(),
          surplus,
          "set the ledger to the true heads; upgrades fail or skip until then");
    }
  }

  /**
   * Alembic keeps a row for a revision that another only depends on, as long as nothing continues
   * it; only an ancestor by parents is surplus.
   */
  private boolean isAncestorByParents(String ancestor, String of) {
    var seen = new HashSet<String>();
    var open = new ArrayList<String>(List.of(of));
    while (!open.isEmpty()) {
      String id = open.removeLast();
      if (seen.add(id)) {
        facts.graph().find(id).map(Revision::parents).ifPresent(open::addAll);
      }
    }
    return seen.contains(ancestor);
  }

  private void brokenChain() {
    for (GraphProblem problem : facts.graph().problems()) {
      add(
          FindingCode.SG111,
          Severity.ERROR,
          "%s:%d: %s.".formatted(problem.file(), problem.line(), problem.message()),
          List.of(),
          problem.revisions(),
          "mend the script; the migration tool itself cannot use this history");
    }
    for (ChainGap gap : facts.expectation().gaps()) {
      Optional<Revision> revision = facts.graph().find(gap.revision());
      add(
          FindingCode.SG111,
          "%s%s needs `%s`, which nothing before it creates%s; building a database from nothing stops there."
              .formatted(
                  revision.map(r -> r.file() + ":" + gap.line() + ": ").orElse(""),
                  revisionName(gap.revision()),
                  gap.needs(),
                  gap.creators().isEmpty()
                      ? " and no other revision either"
                      : " (only " + names(gap.creators()) + " does)"),
          List.of(gap.needs()),
          List.of(gap.revision()),
          "do not drop and rebuild this database from its scripts; mend the chain first");
    }
  }

  private void orphans() {
    if (!extras.isEmpty()) {
      add(
          FindingCode.SG112,
          "%s in the database that no revision%s creates: %s."
              .formatted(
                  extras.size() == 1 ? "One object is" : extras.size() + " objects are",
                  facts.expectation().exact() ? "" : " that could be read",
                  names(extras)),
          extras,
          List.of(),
          "nothing to do if they are meant to be there; stampguard never drops them");
    }
  }

  private void invalidIndexes() {
    Set<ObjectName> invalid = catalog.invalidIndexes();
    if (invalid.isEmpty()) {
      return;
    }
    List<ObjectName> sorted = invalid.stream().sorted().toList();
    List<String> owners =
        sorted.stream()
            .flatMap(index -> history.writesOf(index).stream().map(Write::revision))
            .distinct()
            .sorted(Comparator.comparingInt(history::positionOf))
            .toList();
    add(
        FindingCode.SG116,
        "%s invalid: a concurrent build failed, PostgreSQL does not use it, and IF NOT EXISTS would skip it for ever."
            .formatted(names(sorted) + (sorted.size() == 1 ? " is" : " are")),
        sorted,
        owners,
        "drop and rebuild: "
            + sorted.stream()
                .map(index -> "REINDEX INDEX CONCURRENTLY " + index.qualified())
                .collect(Collectors.joining("; ")));
  }

  private void ledgerPlace() {
    Ledger ledger = facts.ledger();
    if (!ledger.others().isEmpty()) {
      add(
          FindingCode.SG117,
          "Besides the ledger `%s` that the tool reads there %s: %s."
              .formatted(
                  ledger.table(),
                  ledger.others().size() == 1 ? "is another one" : "are others",
                  names(ledger.others())),
          ledger.others().stream().map(table -> ObjectName.of(ObjectKind.TABLE, table)).toList(),
          List.of(),
          "find out who writes the other one, and remove it when nobody does");
    }
    if (ledger.exists() && !ledger.onSearchPath()) {
      add(
          FindingCode.SG117,
          "The ledger is `%s`, which is not on the search path of this connection; the tool would not find it there and start from nothing."
              .formatted(ledger.table()),
          List.of(ObjectName.of(ObjectKind.TABLE, ledger.table())),
          List.of(),
          "name the schema in the tool's configuration (version_table_schema) or mend the search path");
    }
  }

  /** Nothing is wrong yet: the upgrade to come will stop where it records the long id. */
  private void ledgerWidth() {
    Ledger ledger = facts.ledger();
    if (ledger.width().isEmpty()) {
      return;
    }
    int width = ledger.width().getAsInt();
    List<String> tooLong =
        revisions.values().stream()
            .filter(revision -> !revision.recorded())
            .map(revision -> revision.revision().id())
            .filter(id -> id.codePointCount(0, id.length()) > width)
            .toList();
    if (tooLong.isEmpty()) {
      return;
    }
    int longest =
        tooLong.stream().mapToInt(id -> id.codePointCount(0, id.length())).max().orElse(0);
    boolean isInUse = history.all().keySet().stream().anyMatch(catalog::contains);
    add(
        FindingCode.SG119,
        isInUse ? Severity.ERROR : Severity.WARNING,
        "The ledger `%s` takes ids of at most %s, and %s longer; an upgrade will fail when it records %s."
            .formatted(
                ledger.table(),
                count(width, "character"),
                names(tooLong) + (tooLong.size() == 1 ? " is" : " are"),
                tooLong.size() == 1 ? "it" : "the first of them"),
        List.of(),
        tooLong,
        "widen the ledger's version column to at least %s, or give the scripts shorter ids"
            .formatted(count(longest, "character")));
  }

  /** Only scripts that have run: one that has not is simply the one that will. */
  private void edited() {
    for (ScriptEdit.Meaning meaning : ScriptEdit.Meaning.values()) {
      var members = new LinkedHashMap<String, RevisionDiagnosis>();
      var objects = new HashMap<String, List<ObjectName>>();
      for (ScriptEdit edit : facts.edits()) {
        RevisionDiagnosis revision = revisions.get(edit.revision());
        if (edit.meaning() == meaning && revision != null && revision.recorded()) {
          members.put(edit.revision(), revision);
          objects.put(edit.revision(), edit.objects());
        }
      }
      for (List<String> ids : groups(members, Set.of())) {
        edited(meaning, ids, ids.stream().flatMap(id -> objects.get(id).stream()).toList());
      }
    }
  }

  private void edited(ScriptEdit.Meaning meaning, List<String> ids, List<ObjectName> objects) {
    String subject =
        ids.size() == 1
            ? "The script of " + revisionName(ids.getFirst()) + " was"
            : "The scripts of %s from %s on were"
                .formatted(count(ids.size(), "revision"), revisionName(ids.getFirst()));
    switch (meaning) {
      case COSMETIC ->
          add(
              FindingCode.SG114,
              subject + " edited after it was applied; it leaves the same behind as before.",
              objects,
              ids,
              "`stampguard snapshot` takes note of it");
      case REAL ->
          add(
              FindingCode.SG114,
              "%s edited after it was applied, and now leaves %s otherwise than before: %s."
                  .formatted(subject, count(objects.size(), "object"), names(objects)),
              objects,
              ids,
              "bring the applied script back and put the change into a new revision");
      case UNKNOWN ->
          add(
              FindingCode.SG114,
              subject
                  + " edited after it was applied; whether it now leaves something else behind is not known.",
              objects,
              ids,
              "`stampguard diagnose --scratch auto` runs both and tells; `stampguard snapshot` as well");
    }
  }

  private void doubt(TargetDoubt doubt) {
    findings.add(
        new Finding(
            FindingCode.SG118,
            doubt.severity(),
            FindingCode.SG118.title(),
            doubt.detail(),
            List.of(),
            List.of(),
            doubt.hint()));
  }

  /** The revisions of a group as the subject of a sentence, with its verb. */
  private String subject(List<String> ids) {
    return ids.size() == 1
        ? revisionName(ids.getFirst()) + " is"
        : "%s from %s on are"
            .formatted(count(ids.size(), "revision"), revisionName(ids.getFirst()));
  }

  private String stampAndUpgrade(TrueState state) {
    return "`%s`, then `%s`"
        .formatted(facts.commands().stamp(state.lower()), facts.commands().upgrade());
  }

  private String revisionName(String id) {
    return facts
        .graph()
        .find(id)
        .map(Revision::message)
        .filter(message -> !message.isEmpty())
        .map(message -> "`%s` (%s)".formatted(id, message))
        .orElse("`" + id + "`");
  }

  private static String owed(List<ObjectName> objects) {
    Map<Boolean, List<ObjectName>> byTable =
        objects.stream().collect(Collectors.partitioningBy(o -> o.kind() == ObjectKind.TABLE));
    int tables = byTable.get(true).size();
    int others = byTable.get(false).size();
    if (tables == 0 && others == 0) {
      return "nothing of it is there";
    }
    if (tables == 0) {
      return count(others, "object") + " owed (" + names(objects) + ")";
    }
    return count(tables, "table")
        + (others > 0 ? " and " + count(others, "other object") : "")
        + " owed ("
        + names(objects)
        + ")";
  }

  /** Whether some recorded revision could not be read and nothing else speaks for the database. */
  boolean isWithoutAnyEvidence() {
    boolean unread =
        revisions.values().stream()
            .filter(RevisionDiagnosis::recorded)
            .anyMatch(
                revision ->
                    !Optional.ofNullable(
                            facts.expectation().revisions().get(revision.revision().id()))
                        .map(RevisionExpectation::exact)
                        .orElse(false));
    return unread
        && revisions.values().stream()
            .filter(RevisionDiagnosis::recorded)
            .allMatch(revision -> revision.evidence() == Evidence.NONE);
  }

  /** Whether the ledger names a revision whose scripts are not whole. */
  boolean isExpectationMissing() {
    Set<String> recorded =
        revisions.values().stream()
            .filter(RevisionDiagnosis::recorded)
            .map(revision -> revision.revision().id())
            .collect(Collectors.toSet());
    return facts.ledger().rows().stream().anyMatch(row -> facts.graph().find(row).isEmpty())
        || recorded.stream().anyMatch(id -> !facts.expectation().revisions().containsKey(id))
        || facts.graph().problems().stream()
            .flatMap(problem -> problem.revisions().stream())
            .anyMatch(recorded::contains);
  }
}
