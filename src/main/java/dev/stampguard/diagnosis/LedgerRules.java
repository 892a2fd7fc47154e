package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.ToolTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what the ledger records: which revisions, in how many rows, and where. */
final class LedgerRules extends Rules {
  private final List<String> unknownRows;
  private final List<ObjectName> extras;

  LedgerRules(Situation situation) {
    super(situation);
    this.extras = situation.extras();
    this.unknownRows =
        facts.ledger().rows().stream()
            .filter(row -> !facts.graph().isDefined(row))
            .distinct()
            .toList();
  }

  @Override
  void apply() {
    unknownRevisions();
    unrecorded();
    ledgerRows();
    ledgerPlace();
    ledgerWidth();
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

  private void unrecorded() {
    Map<String, RevisionDiagnosis> ahead =
        inState(RevisionState.UNRECORDED, RevisionState.HALF_APPLIED);
    Ledger ledger = facts.ledger();
    if (ahead.isEmpty()
        || !unknownRows.isEmpty()
        || facts.graph().problemUpTo(ledger.rows()).isPresent()) {
      return; // What is recorded is not known as a whole, so nor is what is not.
    }
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
          lookalike()
              .map(this::named)
              .orElseGet(
                  () -> forward("find out which revisions really ran before anything is stamped")));
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
          forward("complete or remove what is there before the next upgrade"));
    }
  }

  /**
   * The only other table of the ledger's name, where the configured schema has none; else the one
   * that nothing explains and that has a ledger's columns and no others.
   */
  private Optional<QualifiedName> lookalike() {
    if (!facts.ledger().exists() && facts.ledger().others().size() == 1) {
      return Optional.of(facts.ledger().others().getFirst());
    }
    Set<String> wanted = Set.copyOf(facts.ledger().manner().columns());
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    return Stream.concat(
            extras.stream()
                .filter(extra -> extra.kind() == ObjectKind.TABLE)
                .map(extra -> new QualifiedName(extra.parts().get(0), extra.parts().get(1))),
            facts.ledger().beside().stream().filter(this::isUnexplained).map(ToolTable::table))
        .filter(table -> columns(table).equals(wanted))
        .findFirst();
  }

  private Set<String> columns(QualifiedName table) {
    return facts.catalog().objects().keySet().stream()
        .filter(object -> object.kind() == ObjectKind.COLUMN)
        .filter(
            column -> column.parts().subList(0, 2).equals(List.of(table.schema(), table.name())))
        .map(column -> column.parts().get(2))
        .collect(Collectors.toUnmodifiableSet());
  }

  private String named(QualifiedName table) {
    String other =
        trueState.isPresent()
            ? "; if it is not, `stampguard repair --strategy restamp` plans one that is true"
            : "";
    return "`"
        + table
        + "`"
        + Finding.ANOTHER_LEDGER
        + "version-table="
        + table.name()
        + (table.schema().equals("public") && facts.ledger().others().isEmpty()
            ? ""
            : ", version-table-schema=" + table.schema())
        + other;
  }

  /** How the ledger gets forward to what is there; an inexact state is stamped only on request. */
  private String forward(String without) {
    return trueState
        .map(
            state ->
                state.exact()
                    ? REPAIR
                    : "`stampguard repair --strategy restamp` names what has to be decided first")
        .orElse(without);
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
    ScriptHistory.severalHeads(facts.graph()).ifPresent(this::add);
    if (facts.ledger().marks().isPresent()) {
      unmet(facts.ledger().marks().get().unmet());
      return; // It keeps a row for each revision.
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
          "`stampguard repair` sets the ledger to the true heads; upgrades fail or skip until then");
    }
  }

  /** What is there although it is not recorded is told of elsewhere. */
  private void unmet(Map<String, String> unmet) {
    List<String> lacking =
        unmet.keySet().stream()
            .filter(
                id ->
                    !revisions.containsKey(id)
                        || revisions.get(id).state() == RevisionState.PENDING)
            .toList();
    if (!lacking.isEmpty()) {
      List<String> needing = lacking.stream().map(unmet::get).distinct().sorted().toList();
      add(
          FindingCode.SG109,
          Severity.ERROR,
          "The ledger `%s` records %s, but not %s before it: the tool refuses to start."
              .formatted(facts.ledger().table(), names(needing), names(lacking)),
          List.of(),
          Stream.concat(lacking.stream(), needing.stream()).distinct().toList(),
          "`stampguard repair` says which rows belong there");
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
          "find out who writes the other one: another service may; remove it only when nobody does");
    }
    ledger.beside().stream().filter(this::isUnexplained).forEach(this::otherTool);
    if (ledger.exists() && !ledger.onSearchPath()) {
      add(
          FindingCode.SG117,
          "The ledger is `%s`, which is not on the search path of this connection; the tool would not find it there and start from nothing."
              .formatted(ledger.table()),
          List.of(ObjectName.of(ObjectKind.TABLE, ledger.table())),
          List.of(),
          "name the schema `%s` in the tool's configuration, or mend the search path"
              .formatted(ledger.table().schema()));
    }
  }

  /** Whether it is the ledger of a tool that this project does not use, and says something. */
  private boolean isUnexplained(ToolTable other) {
    return other.isLedger()
        && other.isFilled()
        && other.tools().stream().noneMatch(facts.beside().tools()::contains)
        && !facts.beside().ledgers().contains(other.table())
        && !history.isMade(ObjectName.of(ObjectKind.TABLE, other.table()));
  }

  private void otherTool(ToolTable other) {
    String tools = String.join(" or ", other.tools());
    add(
        FindingCode.SG117,
        "Besides the ledger `%s` that was read there is `%s`, which %s fills: nothing in this project explains it."
            .formatted(facts.ledger().table(), other.table(), tools),
        List.of(ObjectName.of(ObjectKind.TABLE, other.table())),
        List.of(),
        "find out who runs %s on this database; if its scripts are here, `--tool %s` reads that ledger"
            .formatted(tools, other.tools().getFirst()));
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
}
