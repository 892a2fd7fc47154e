package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what recorded revisions owe, and about what nobody owes. */
final class SchemaRules extends Rules {
  private final List<ObjectName> extras;

  SchemaRules(Situation situation) {
    super(situation);
    this.extras = situation.extras();
  }

  @Override
  void apply() {
    if (isEverythingHollow()) {
      everythingHollow();
    } else {
      Set<String> scattered = modelsAndStamped();
      hollow(scattered);
      partial(scattered);
    }
    altered();
    orphans();
    invalidIndexes();
  }

  /**
   * Whether tables are missing and none is left, be it under a name it should not have any more.
   */
  private boolean isEverythingHollow() {
    Set<ObjectName> missing =
        revisions.values().stream()
            .flatMap(revision -> revision.missing().stream())
            .collect(Collectors.toSet());
    if (missing.isEmpty()) {
      return false;
    }
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
                Words.state(facts.ledger().claimed()),
                count(tables.size(), "table"),
                survivors.isEmpty()
                    ? ""
                    : " Left over: "
                        + names(survivors)
                        + "; a plain upgrade would fail on them with \"already exists\"."),
        members.values().stream().flatMap(SchemaRules::lackedInPart).toList(),
        ids,
        REPAIR);
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
        REPAIR);
    return ids;
  }

  private void hollow(Set<String> told) {
    Map<String, RevisionDiagnosis> members = inState(RevisionState.HOLLOW, RevisionState.PARTIAL);
    members.keySet().removeIf(id -> told.contains(id) || rootState(id) != RevisionState.HOLLOW);
    for (List<String> group : groups(members)) {
      if (group.stream().anyMatch(this::isLostInPart)) {
        partial(group);
        continue;
      }
      // One that only follows may have left something of its own beside what went with the other.
      List<String> bare = group.stream().filter(id -> !hasLeftTraces(revisions.get(id))).toList();
      List<String> ids = bare.isEmpty() ? group : bare;
      List<ObjectName> objects = lackedInPart(ids);
      List<String> built =
          facts.graph().descendants(ids).stream()
              .filter(id -> !ids.contains(id))
              .filter(id -> hasLeftTraces(revisions.get(id)))
              .sorted(Comparator.comparingInt(history::positionOf))
              .toList();
      if (built.isEmpty()) {
        add(
            FindingCode.SG102,
            "The ledger says %s, but %s from %s on left nothing in the database: %s.%s"
                .formatted(
                    Words.state(facts.ledger().claimed()),
                    count(ids.size(), "revision"),
                    revisionName(ids.getFirst()),
                    owed(ids),
                    trueState
                        .map(state -> " The true state is " + Words.state(state) + ".")
                        .orElse("")),
            objects,
            ids,
            REPAIR);
      } else {
        add(
            FindingCode.SG103,
            "%s recorded and left nothing in the database (%s), although %s after %s there: %s."
                .formatted(
                    subject(ids),
                    owed(ids),
                    count(built.size(), "revision"),
                    built.size() == 1 ? "it is" : "them are",
                    names(built)),
            objects,
            ids,
            REPAIR);
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
    groups(members).forEach(this::partial);
  }

  private void partial(List<String> ids) {
    int there = ids.stream().mapToInt(id -> revisions.get(id).present().size()).sum();
    add(
        FindingCode.SG104,
        "%s only partly there: %s, %s present."
            .formatted(subject(ids), owed(ids), count(there, "object")),
        lackedInPart(ids),
        ids,
        REPAIR);
  }

  /**
   * Whether something of a revision went with what an earlier one left, and the rest is there: then
   * that earlier one has run, bare as it looks now.
   */
  private boolean isLostInPart(String id) {
    return hasLeftTraces(revisions.get(id)) && !revisions.get(id).missing().isEmpty();
  }

  private boolean isPartial(String id) {
    RevisionDiagnosis revision = revisions.get(id);
    return switch (rootState(id)) {
      case PARTIAL -> true;
      case ALTERED -> revision.state() != RevisionState.ALTERED || !revision.missing().isEmpty();
      case APPLIED, HOLLOW, ASSUMED, UNRECORDED, HALF_APPLIED, PENDING -> false;
    };
  }

  private List<ObjectName> lackedInPart(List<String> ids) {
    return ids.stream().map(revisions::get).flatMap(SchemaRules::lackedInPart).toList();
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
          "if the scripts are right, `stampguard repair --strategy graft --redefine` plans that; else write a revision that makes the change");
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

  /** Only what a revision creates is ever changed by a repair: the rest is told apart. */
  private void invalidIndexes() {
    Map<Boolean, List<ObjectName>> byOwned =
        catalog.invalidIndexes().stream()
            .sorted()
            .collect(Collectors.partitioningBy(index -> !history.writesOf(index).isEmpty()));
    invalidIndexes(byOwned.get(true), "`stampguard repair` builds it again; by hand: ");
    invalidIndexes(byOwned.get(false), "drop it if a REINDEX left it behind, else: ");
  }

  private void invalidIndexes(List<ObjectName> invalid, String hint) {
    if (invalid.isEmpty()) {
      return;
    }
    List<String> owners =
        invalid.stream()
            .flatMap(index -> history.writesOf(index).stream().map(Write::revision))
            .distinct()
            .sorted(Comparator.comparingInt(history::positionOf))
            .toList();
    add(
        FindingCode.SG116,
        "%s invalid: a concurrent build failed, PostgreSQL does not use it, and IF NOT EXISTS would skip it for ever."
            .formatted(names(invalid) + (invalid.size() == 1 ? " is" : " are")),
        invalid,
        owners,
        hint
            + invalid.stream()
                .map(index -> "REINDEX INDEX CONCURRENTLY " + index.qualified())
                .collect(Collectors.joining("; ")));
  }

  /** The state that a finding about this revision goes by: that of the revision it follows. */
  private RevisionState rootState(String id) {
    String root = id;
    while (causes.containsKey(root)) {
      root = causes.get(root);
    }
    return revisions.get(root).state();
  }

  private List<ObjectName> objects(
      List<String> ids, Function<RevisionDiagnosis, List<ObjectName>> which) {
    return ids.stream()
        .map(revisions::get)
        .flatMap(revision -> which.apply(revision).stream())
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
   * What revisions owe, in figures: what is missing, and apart from that what is there as they
   * found it, because it was never altered or dropped.
   */
  private String owed(List<String> ids) {
    List<ObjectName> missing = objects(ids, RevisionDiagnosis::missing);
    List<ObjectName> asBefore =
        objects(
            ids,
            revision ->
                revision.state() == RevisionState.ALTERED ? List.of() : revision.different());
    var parts = new ArrayList<String>();
    if (!missing.isEmpty()) {
      parts.add("%s missing (%s)".formatted(tablesFirst(missing), names(missing)));
    }
    if (!asBefore.isEmpty()) {
      parts.add(
          "%s still as before (%s)".formatted(count(asBefore.size(), "object"), names(asBefore)));
    }
    return parts.isEmpty() ? "nothing of it is there" : String.join(", ", parts);
  }

  private static String tablesFirst(List<ObjectName> objects) {
    int tables =
        Math.toIntExact(objects.stream().filter(o -> o.kind() == ObjectKind.TABLE).count());
    int others = objects.size() - tables;
    if (tables == 0) {
      return count(others, "object");
    }
    return count(tables, "table") + (others > 0 ? " and " + count(others, "other object") : "");
  }
}
