package dev.stampguard.tool.flyway;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.LedgerWriting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a schema history as Flyway would have written it. */
final class HistoryWriting implements LedgerWriting {
  private static final String COLUMNS =
      "installed_rank, version, description, type, script, checksum, installed_by, installed_on,"
          + " execution_time, success";

  private final SchemaHistory history;

  HistoryWriting(SchemaHistory history) {
    this.history = history;
  }

  @Override
  public String set(Ledger ledger, List<String> revisions) {
    var statements = new ArrayList<String>();
    if (!ledger.exists()) {
      statements.add(create(ledger.table()));
    }
    var wanted = new HashSet<>(revisions);
    var kept = new HashSet<String>();
    Set<String> standing = Set.copyOf(ledger.rows());
    LedgerMarks marks = ledger.marks().orElse(LedgerMarks.NONE);
    var gone = new ArrayList<String>();
    var revoked = new ArrayList<HistoryRow>();
    for (List<String> columns : marks.rows()) {
      var row = new HistoryRow(columns);
      if (row.isTechnical()) {
        continue;
      }
      Set<String> said = said(row);
      boolean stays =
          row.isBaseline()
              ? wanted.containsAll(said)
              : row.isRevocation()
                  || (!standing.contains(history.id(row))
                      && !marks.outdated().contains(history.id(row)))
                  || (wanted.contains(history.id(row)) && row.isSuccess());
      if (stays) {
        if (row.isBaseline() || (!row.isRevocation() && standing.contains(history.id(row)))) {
          kept.addAll(said);
        }
      } else if (!(marks.outdated().contains(history.id(row)) && row.isSuccess())) {
        if (row.isSuccess() && isWithoutScript(row)) {
          revoked.add(row);
        } else {
          gone.add(row.rank());
        }
      }
    }
    if (!gone.isEmpty()) {
      statements.add(
          "DELETE FROM %s WHERE installed_rank IN (%s)"
              .formatted(ledger.table(), String.join(", ", gone)));
    }
    revoked.forEach(row -> statements.add(revoke(ledger.table(), row)));
    for (MigrationScript script : history.scripts()) {
      if (!wanted.contains(script.id())) {
        continue;
      }
      if (!kept.contains(script.id())) {
        statements.add(insert(ledger.table(), script));
      } else if (marks.edited().contains(script.id())) {
        statements.add(update(ledger.table(), script, marks));
      }
    }
    return statements.stream().map(statement -> statement + ";").collect(Collectors.joining("\n"));
  }

  private boolean isWithoutScript(HistoryRow row) {
    String id = history.id(row);
    return !row.isBaseline()
        && history.scripts().stream().noneMatch(script -> script.id().equals(id));
  }

  /** As Flyway takes a migration back whose script is gone: what is known of it stays on record. */
  private static String revoke(QualifiedName table, HistoryRow row) {
    return ("INSERT INTO %s (%s) SELECT (SELECT max(installed_rank) + 1 FROM %1$s), version,"
            + " description, 'DELETE', script, checksum, current_user, now(), 0, true FROM %1$s"
            + " WHERE installed_rank = %s")
        .formatted(table, COLUMNS, row.rank());
  }

  /** The revisions that a row stands for. */
  private Set<String> said(HistoryRow row) {
    if (row.isBaseline() && row.version().isPresent()) {
      return history.scripts().stream()
          .filter(script -> SchemaHistory.isUpTo(script, row.version().get()))
          .map(MigrationScript::id)
          .collect(Collectors.toUnmodifiableSet());
    }
    return Set.of(history.id(row));
  }

  /** A row as Flyway writes it when the script has run. */
  String insert(QualifiedName table, MigrationScript script) {
    return ("INSERT INTO %s (%s) VALUES ((SELECT coalesce(max(installed_rank), 0) + 1 FROM %1$s),"
            + " %s, %s, %s, %s, %s, current_user, now(), 0, true)")
        .formatted(
            table,
            COLUMNS,
            script.name().version().map(v -> literal(v.text())).orElse("NULL"),
            literal(script.description()),
            literal(type(script)),
            literal(script.script()),
            script.checksum().isPresent()
                ? Integer.toString(script.checksum().getAsInt())
                : "NULL");
  }

  /** What Flyway writes when a script has run; that it failed before is forgotten. */
  String record(QualifiedName table, MigrationScript script) {
    String which =
        script.name().version().isPresent()
            ? "version = " + literal(script.name().version().get().text())
            : "version IS NULL AND description = " + literal(script.description());
    return "DELETE FROM %s WHERE NOT success AND %s; %s"
        .formatted(table, which, insert(table, script));
  }

  /** Of the row that counts, the last one of its revision. */
  private String update(QualifiedName table, MigrationScript script, LedgerMarks marks) {
    String rank =
        marks.rows().stream()
            .map(HistoryRow::new)
            .filter(row -> !row.isTechnical() && history.id(row).equals(script.id()))
            .map(HistoryRow::rank)
            .reduce((first, last) -> last)
            .orElseThrow();
    return "UPDATE %s SET description = %s, type = %s, checksum = %s WHERE installed_rank = %s"
        .formatted(
            table,
            literal(script.description()),
            literal(type(script)),
            script.checksum().isPresent() ? Integer.toString(script.checksum().getAsInt()) : "NULL",
            rank);
  }

  private static String type(MigrationScript script) {
    boolean isBaseline = script.name().kind() == ScriptName.Kind.BASELINE;
    return (script.text().isPresent() ? "SQL" : "JDBC") + (isBaseline ? "_BASELINE" : "");
  }

  @Override
  public String undo(Ledger ledger) {
    return ledger.exists() ? fill(ledger) : "DROP TABLE %s;".formatted(ledger.table());
  }

  @Override
  public String fill(Ledger ledger) {
    List<List<String>> rows = ledger.marks().orElse(LedgerMarks.NONE).rows();
    String delete = "DELETE FROM %s;".formatted(ledger.table());
    return rows.isEmpty()
        ? delete
        : "%s\nINSERT INTO %s (%s) VALUES\n%s;"
            .formatted(
                delete,
                ledger.table(),
                COLUMNS,
                rows.stream().map(HistoryWriting::values).collect(Collectors.joining(",\n")));
  }

  private static String values(List<String> row) {
    return row.stream()
        .map(value -> Optional.ofNullable(value).map(HistoryWriting::literal).orElse("NULL"))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The table as Flyway's PostgreSQL module makes it. */
  static String create(QualifiedName table) {
    return """
        CREATE TABLE %1$s (
            installed_rank INT NOT NULL,
            version VARCHAR(50),
            description VARCHAR(200) NOT NULL,
            type VARCHAR(20) NOT NULL,
            script VARCHAR(1000) NOT NULL,
            checksum INTEGER,
            installed_by VARCHAR(100) NOT NULL,
            installed_on TIMESTAMP NOT NULL DEFAULT now(),
            execution_time INTEGER NOT NULL,
            success BOOLEAN NOT NULL,
            CONSTRAINT %2$s PRIMARY KEY (installed_rank)
        );
        CREATE INDEX %3$s ON %1$s (success)"""
        .formatted(
            table,
            Identifiers.quote(table.name() + "_pk"),
            Identifiers.quote(table.name() + "_s_idx"));
  }
}
