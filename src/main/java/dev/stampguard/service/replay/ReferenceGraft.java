package dev.stampguard.service.replay;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.replay.GapFiller;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills gaps in a scratch database with relations as they stand in a reference database. */
final class ReferenceGraft implements GapFiller {
  private final PostgresConnector connector;
  private final Target reference;
  private final Target scratch;
  private final Map<QualifiedName, Deque<String>> undo = new HashMap<>();
  private final List<String> foreignKeys = new ArrayList<>();

  ReferenceGraft(PostgresConnector connector, Target reference, Target scratch) {
    this.connector = Objects.requireNonNull(connector);
    this.reference = Objects.requireNonNull(reference);
    this.scratch = Objects.requireNonNull(scratch);
  }

  /**
   * One step of making a relation.
   *
   * @param undo what takes it back; empty when that goes with the relation
   * @param makesRelation whether nothing is made without it
   */
  private record Step(String statement, Optional<String> undo, boolean makesRelation) {}

  @Override
  public boolean fill(QualifiedName relation, Set<ObjectName> later) {
    List<Step> steps = read(relation, later);
    if (steps.isEmpty()) {
      return false;
    }
    var made = new ArrayDeque<String>();
    undo.put(relation, made);
    try (PostgresConnection connection = connector.open(scratch)) {
      for (Step step : steps) {
        boolean done = attempt(connection, step.statement());
        if (done) {
          step.undo().ifPresent(made::push);
        } else if (step.makesRelation()) {
          made.forEach(statement -> attempt(connection, statement));
          return false;
        }
        // Else: a type that is there already, a constraint to a table that is not.
      }
    }
    return true;
  }

  private List<Step> read(QualifiedName relation, Set<ObjectName> later) {
    String others = names(later, Set.of(ObjectKind.CONSTRAINT, ObjectKind.INDEX));
    String sql =
        Query.bind(
            SqlResource.read("gap-relation"),
            List.of(
                relation.schema(),
                relation.name(),
                names(later, Set.of(ObjectKind.COLUMN)),
                others,
                others));
    try (PostgresConnection connection = connector.open(reference);
        var transaction = connection.readOnly()) {
      return transaction.runLast(
          Query.of(
              sql,
              rows -> {
                var steps = new ArrayList<Step>();
                while (rows.next()) {
                  steps.add(
                      new Step(
                          rows.getString(1),
                          Optional.ofNullable(rows.getString(2)),
                          rows.getBoolean(3)));
                }
                return steps;
              }));
    }
  }

  /** As PostgreSQL writes an array. */
  private static String names(Set<ObjectName> objects, Set<ObjectKind> kinds) {
    return objects.stream()
        .filter(object -> kinds.contains(object.kind()))
        .map(ObjectName::simpleName)
        .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public void withdraw(QualifiedName relation) {
    try (PostgresConnection connection = connector.open(scratch)) {
      foreignKeys.addAll(foreignKeysTo(connection, relation));
      undo.remove(relation).forEach(statement -> attempt(connection, statement));
    }
  }

  private static List<String> foreignKeysTo(PostgresConnection connection, QualifiedName relation) {
    try (PreparedStatement statement =
        connection.jdbc().prepareStatement(SqlResource.read("gap-foreign-keys"))) {
      statement.setString(1, relation.toString());
      try (ResultSet rows = statement.executeQuery()) {
        var statements = new ArrayList<String>();
        while (rows.next()) {
          statements.add(rows.getString(1));
        }
        return statements;
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
  }

  @Override
  public void restore() {
    try (PostgresConnection connection = connector.open(scratch)) {
      foreignKeys.forEach(statement -> attempt(connection, statement));
    }
    foreignKeys.clear();
  }

  /** Whether the server did it; what it refuses is left out. */
  private static boolean attempt(PostgresConnection connection, String sql) {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      if (Optional.ofNullable(e.getSQLState()).orElse("").startsWith("08")) {
        throw SqlErrors.translate(e, connection.target());
      }
      return false;
    }
  }
}
