package dev.stampguard.tool.sqlfiles;

import static dev.stampguard.tool.ledger.LedgerEntries.literal;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Row;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerRow;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.ledger.Said;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sqitch's registry: the changes that are deployed, with what they depend on and their tags, and
 * everything that ever happened. It is written as {@code sqitch deploy --log-only} and {@code
 * revert --log-only} write it.
 */
final class SqitchLedger implements LedgerBook {
  private static final List<String> COLUMNS =
      List.of(
          "change_id",
          "script_hash",
          "change",
          "project",
          "note",
          "committed_at",
          "committer_name",
          "committer_email",
          "planned_at",
          "planner_name",
          "planner_email");

  private final SqitchPlan plan;
  private final Migrations migrations;
  private final RowLedger rows;

  SqitchLedger(SqitchPlan plan, Migrations migrations) {
    this.plan = plan;
    this.migrations = migrations;
    this.rows =
        new RowLedger(
            new LedgerShape(
                COLUMNS,
                "script_hash",
                "change_id",
                "committed_at",
                Optional.empty(),
                SqitchRegistry::create,
                Optional.empty(),
                SqitchRegistry.COMPANIONS),
            Entries::new);
  }

  /** A registry may be several projects'. */
  @Override
  public String sql(QualifiedName table) {
    return rows.sql(table)
        .replace(
            " ORDER BY ",
            " WHERE ledger.project = %s ORDER BY ".formatted(literal(plan.project())));
  }

  @Override
  public String column() {
    return rows.column();
  }

  @Override
  public List<String> companions() {
    return rows.companions();
  }

  @Override
  public boolean leadsNames() {
    return false;
  }

  @Override
  public Recorded read(List<Row> found) {
    return rows.read(found);
  }

  /** What the rows say; a change is known by its id, or else by its name. */
  private final class Entries implements LedgerEntries {
    @Override
    public List<String> order() {
      return migrations.order();
    }

    @Override
    public Said said(LedgerRow row) {
      Optional<SqitchPlan.Change> known =
          plan.changes().stream()
              .filter(change -> change.id().equals(row.text("change_id")))
              .findFirst();
      Optional<SqitchPlan.Change> named =
          known.or(
              () ->
                  plan.changes().stream()
                      .filter(change -> change.script().equals(row.text("change")))
                      .findFirst());
      if (named.isEmpty()) {
        return new Said(row.text("change"), Said.Kind.APPLIED);
      }
      boolean isSame =
          known.isPresent() && Objects.equals(hash(known.get()), row.text("script_hash"));
      return new Said(named.get().script(), isSame ? Said.Kind.APPLIED : Said.Kind.EDITED);
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      throw new IllegalStateException("a change takes more than one row");
    }

    @Override
    public boolean isLateRefused() {
      return true;
    }
  }

  private String hash(SqitchPlan.Change change) {
    return migrations.find(change.script()).map(file -> Hashes.sha1(file.text())).orElse(null);
  }

  @Override
  public String set(Ledger ledger, List<String> revisions) {
    QualifiedName table = ledger.table();
    var statements = new ArrayList<String>();
    if (!ledger.exists()) {
      statements.add(create(table));
    }
    var entries = new Entries();
    var kept = new HashSet<String>();
    for (LedgerRow row : rowsOf(ledger).reversed()) {
      Said said = entries.said(row);
      if (!revisions.contains(said.revision())) {
        statements.add(revert(table, row.text("change_id")));
      } else {
        kept.add(said.revision());
        if (said.kind() == Said.Kind.EDITED) {
          statements.add(correct(table, row.text("change_id"), said.revision()));
        }
      }
    }
    migrations.order().stream()
        .filter(id -> revisions.contains(id) && !kept.contains(id))
        .forEach(id -> statements.add(record(table, id)));
    return joined(statements);
  }

  private static List<LedgerRow> rowsOf(Ledger ledger) {
    return ledger.marks().orElse(LedgerMarks.NONE).rows().stream()
        .map(
            texts -> {
              var columns = new LinkedHashMap<String, String>();
              for (int i = 0; i < COLUMNS.size(); i++) {
                columns.put(COLUMNS.get(i), texts.get(i));
              }
              return new LedgerRow(columns);
            })
        .toList();
  }

  private static String in(QualifiedName table, String name) {
    return new QualifiedName(table.schema(), name).toString();
  }

  private static String revert(QualifiedName table, String changeId) {
    return """
        INSERT INTO %1$s (event, change_id, change, project, note, requires, conflicts, tags, committed_at, committer_name, committer_email, planned_at, planner_name, planner_email)
        SELECT 'revert', c.change_id, c.change, c.project, c.note,
               ARRAY(SELECT d.dependency FROM %2$s d WHERE d.change_id = c.change_id AND d.type = 'require'),
               ARRAY(SELECT d.dependency FROM %2$s d WHERE d.change_id = c.change_id AND d.type = 'conflict'),
               ARRAY(SELECT t.tag FROM %3$s t WHERE t.change_id = c.change_id),
               clock_timestamp(), c.committer_name, c.committer_email, c.planned_at, c.planner_name, c.planner_email
        FROM %4$s c WHERE c.change_id = %5$s;
        DELETE FROM %2$s WHERE %5$s IN (change_id, dependency_id);
        DELETE FROM %3$s WHERE change_id = %5$s;
        DELETE FROM %4$s WHERE change_id = %5$s"""
        .formatted(
            in(table, "events"),
            in(table, "dependencies"),
            in(table, "tags"),
            table,
            literal(changeId));
  }

  /** What depends on it, and its tags, go along. */
  private String correct(QualifiedName table, String changeId, String revision) {
    SqitchPlan.Change change = change(revision);
    return "UPDATE %s SET change_id = %s, script_hash = %s, note = %s WHERE change_id = %s"
        .formatted(
            table,
            literal(change.id()),
            nullable(hash(change)),
            literal(change.stamp().note()),
            literal(changeId));
  }

  private SqitchPlan.Change change(String revision) {
    return plan.find(revision).orElseThrow(IllegalStateException::new);
  }

  private static String nullable(String text) {
    return text == null ? "NULL" : literal(text);
  }

  @Override
  public String record(QualifiedName table, String revision) {
    SqitchPlan.Change change = change(revision);
    String who = "coalesce((SELECT %s FROM " + table + " ORDER BY committed_at DESC LIMIT 1), %s)";
    String planned =
        "%s, %s, %s"
            .formatted(
                literal(change.stamp().date()),
                literal(change.stamp().name()),
                literal(change.stamp().email()));
    String committer =
        who.formatted("committer_name", literal(change.stamp().name()))
            + ", "
            + who.formatted("committer_email", literal(change.stamp().email()));
    var statements = new ArrayList<String>();
    statements.add(
        "INSERT INTO %s (change_id, script_hash, change, project, note, committed_at, committer_name, committer_email, planned_at, planner_name, planner_email) SELECT %s, %s, %s, %s, %s, %s, %s, %s"
            .formatted(
                table,
                literal(change.id()),
                nullable(hash(change)),
                literal(change.name()),
                literal(plan.project()),
                literal(change.stamp().note()),
                moment(table, change),
                committer,
                planned));
    dependencies(table, change).ifPresent(statements::add);
    change
        .tags()
        .forEach(
            tag ->
                statements.add(
                    "INSERT INTO %s (tag_id, tag, project, change_id, note, committer_name, committer_email, planned_at, planner_name, planner_email) SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s"
                        .formatted(
                            in(table, "tags"),
                            literal(tag.id()),
                            literal(tag.name()),
                            literal(plan.project()),
                            literal(change.id()),
                            literal(tag.stamp().note()),
                            committer,
                            literal(tag.stamp().date()),
                            literal(tag.stamp().name()),
                            literal(tag.stamp().email()))));
    statements.add(
        "INSERT INTO %s (event, change_id, change, project, note, requires, conflicts, tags, committed_at, committer_name, committer_email, planned_at, planner_name, planner_email) SELECT 'deploy', %s, %s, %s, %s, %s, %s, %s, clock_timestamp(), %s, %s"
            .formatted(
                in(table, "events"),
                literal(change.id()),
                literal(change.name()),
                literal(plan.project()),
                literal(change.stamp().note()),
                array(change.requires().stream()),
                array(change.conflicts().stream()),
                array(change.tags().stream().map(SqitchPlan.Tag::name)),
                committer,
                planned));
    return String.join("; ", statements);
  }

  private static String array(Stream<String> texts) {
    return texts
        .map(LedgerEntries::literal)
        .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }

  /**
   * The last one committed is where Sqitch takes the database to be: one that comes late stands
   * right before the next one.
   */
  private String moment(QualifiedName table, SqitchPlan.Change change) {
    List<String> later =
        plan.changes().subList(plan.changes().indexOf(change) + 1, plan.changes().size()).stream()
            .map(next -> literal(next.name()))
            .toList();
    return later.isEmpty()
        ? "clock_timestamp()"
        : "coalesce((SELECT min(committed_at) - interval '1 microsecond' FROM %s WHERE project = %s AND change IN (%s)), clock_timestamp())"
            .formatted(table, literal(plan.project()), String.join(", ", later));
  }

  private Optional<String> dependencies(QualifiedName table, SqitchPlan.Change change) {
    List<String> values =
        Stream.concat(
                change.requires().stream()
                    .map(
                        name ->
                            "(%s, 'require', %s, (SELECT max(change_id) FROM %s WHERE change = %s AND project = %s))"
                                .formatted(
                                    literal(change.id()),
                                    literal(name),
                                    table,
                                    literal(name.replaceFirst("@.*$", "").replaceFirst("^.*:", "")),
                                    literal(
                                        name.contains(":")
                                            ? name.replaceFirst(":.*$", "")
                                            : plan.project()))),
                change.conflicts().stream()
                    .map(
                        name ->
                            "(%s, 'conflict', %s, NULL)"
                                .formatted(literal(change.id()), literal(name))))
            .toList();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "INSERT INTO %s (change_id, type, dependency, dependency_id) VALUES %s"
                .formatted(in(table, "dependencies"), String.join(", ", values)));
  }

  @Override
  public String create(QualifiedName table) {
    return SqitchRegistry.create(table) + ";\n" + project(table);
  }

  private String project(QualifiedName table) {
    return "INSERT INTO %s (project, uri, creator_name, creator_email) VALUES (%s, %s, 'stampguard', 'stampguard@localhost') ON CONFLICT DO NOTHING"
        .formatted(
            in(table, "projects"), literal(plan.project()), nullable(plan.uri().orElse(null)));
  }

  @Override
  public String undo(Ledger ledger) {
    if (!ledger.exists()) {
      return Stream.concat(SqitchRegistry.COMPANIONS.stream(), Stream.of(ledger.table().name()))
          .map(name -> in(ledger.table(), name))
          .collect(Collectors.joining(", ", "DROP TABLE ", ";"));
    }
    return fill(ledger);
  }

  /** Dependencies and tags of rows that are there stay as they are. */
  @Override
  public String fill(Ledger ledger) {
    QualifiedName table = ledger.table();
    List<List<String>> standing = ledger.marks().orElse(LedgerMarks.NONE).rows();
    String ids =
        standing.stream()
            .map(row -> literal(row.getFirst()))
            .collect(Collectors.joining(", ", "(", ")"));
    String others =
        "project = "
            + literal(plan.project())
            + (standing.isEmpty() ? "" : " AND change_id NOT IN " + ids);
    var statements = new ArrayList<String>();
    statements.add(project(table));
    for (String part : List.of("tags", "dependencies")) {
      statements.add(
          "DELETE FROM %s WHERE change_id IN (SELECT change_id FROM %s WHERE %s)"
              .formatted(in(table, part), table, others));
    }
    statements.add("DELETE FROM %s WHERE %s".formatted(table, others));
    if (!standing.isEmpty()) {
      statements.add(
          "INSERT INTO %s (%s) VALUES\n%s\nON CONFLICT (change_id) DO UPDATE SET script_hash = excluded.script_hash, note = excluded.note"
              .formatted(
                  table,
                  COLUMNS.stream().map(Identifiers::quote).collect(Collectors.joining(", ")),
                  standing.stream()
                      .map(
                          row ->
                              row.stream()
                                  .map(SqitchLedger::nullable)
                                  .collect(Collectors.joining(", ", "(", ")")))
                      .collect(Collectors.joining(",\n"))));
    }
    return joined(statements);
  }

  private static String joined(List<String> statements) {
    return statements.stream().map(sql -> sql + ";").collect(Collectors.joining("\n"));
  }
}
