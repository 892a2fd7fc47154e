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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills gaps in a scratch database with objects as they stand in a reference database. */
final class ReferenceGraft implements GapFiller {
  /** That what is needed is there already is as good as making it. */
  private static final Set<String> IS_THERE = Set.of("42P06", "42P07", "42710", "42723");

  private final PostgresConnector connector;
  private final Target reference;
  private final Target scratch;
  private final Map<ObjectName, Deque<String>> undo = new HashMap<>();
  private final List<String> foreignKeys = new ArrayList<>();

  ReferenceGraft(PostgresConnector connector, Target reference, Target scratch) {
    this.connector = Objects.requireNonNull(connector);
    this.reference = Objects.requireNonNull(reference);
    this.scratch = Objects.requireNonNull(scratch);
  }

  private enum Part {
    /** Something without which the object cannot be made; it may be there already. */
    NEED,
    /** The object itself. */
    MAKE,
    /** What completes it, as far as it can be done: a constraint to a table that is not there. */
    FINISH
  }

  /**
   * One step of making an object.
   *
   * @param undo what takes it back; empty when that goes with the object
   * @param needed what is needed, by its name
   */
  private record Step(
      Part part, String statement, Optional<String> undo, Optional<ObjectName> needed) {}

  @Override
  public Filling fill(ObjectName object, Set<ObjectName> later) {
    Map<Part, List<Step>> steps =
        read(object, later).stream().collect(Collectors.groupingBy(Step::part));
    if (!steps.containsKey(Part.MAKE)) {
      return new Filling.Unknown();
    }
    try (PostgresConnection connection = connector.open(scratch)) {
      var making = new Making(connection);
      making.run(steps.getOrDefault(Part.NEED, List.of()));
      if (!making.run(steps.get(Part.MAKE))) {
        making.undo.forEach(statement -> attempt(connection, statement));
        return new Filling.Refused(
            "`%s` of `%s` cannot be made: %s".formatted(object, reference.database(), making.why));
      }
      undo.put(object, making.undo);
      steps.getOrDefault(Part.FINISH, List.of()).forEach(s -> attempt(connection, s.statement()));
      making.made.remove(object);
      return new Filling.Done(making.made);
    }
  }

  /** The objects of one gap in the making. */
  private static final class Making {
    private final PostgresConnection connection;
    private final Deque<String> undo = new ArrayDeque<>();
    private final Set<ObjectName> made = new HashSet<>();

    /** What the server said of the first step that it refused. */
    private String why = "";

    Making(PostgresConnection connection) {
      this.connection = connection;
    }

    /**
     * Runs steps in whatever order they need each other.
     *
     * @return whether any of them was done
     */
    boolean run(List<Step> steps) {
      List<Step> open = steps;
      int before = steps.size() + 1;
      boolean done = false;
      Map<Step, String> refused = new HashMap<>();
      while (!open.isEmpty() && open.size() < before) {
        before = open.size();
        var left = new ArrayList<Step>();
        for (Step step : open) {
          Optional<SQLException> refusal = attempt(connection, step.statement());
          if (refusal.isEmpty()) {
            step.undo().ifPresent(undo::push);
            step.needed().ifPresent(made::add);
            done = true;
          } else if (!IS_THERE.contains(SqlErrors.state(refusal.get()))) {
            left.add(step);
            refused.put(step, said(step, refusal.get()));
          }
        }
        open = left;
      }
      if (why.isEmpty() && !open.isEmpty()) {
        why = refused.get(open.getFirst());
      }
      return done;
    }

    private static String said(Step step, SQLException refusal) {
      String message = SqlErrors.said(refusal);
      return step.part() == Part.NEED && step.needed().isPresent()
          ? "it needs `%s`: %s".formatted(step.needed().get(), message)
          : message;
    }
  }

  private List<Step> read(ObjectName object, Set<ObjectName> later) {
    boolean isNamedAlone = object.parts().size() == 1;
    String sql =
        Query.bind(
            SqlResource.read("gap-object"),
            List.of(
                object.kind().label(),
                isNamedAlone ? "" : object.parts().getFirst(),
                object.parts().size() == 3 ? object.parts().get(1) : "",
                object.simpleName(),
                names(later, Set.of(ObjectKind.COLUMN)),
                names(later, Set.of(ObjectKind.CONSTRAINT, ObjectKind.INDEX))));
    try (PostgresConnection connection = connector.open(reference);
        var transaction = connection.readOnly()) {
      return transaction.runLast(
          Query.of(
              sql,
              rows -> {
                var steps = new ArrayList<Step>();
                while (rows.next()) {
                  steps.add(step(rows));
                }
                return steps;
              }));
    }
  }

  private static Step step(ResultSet row) throws SQLException {
    String kind = row.getString(4);
    return new Step(
        Part.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
        row.getString(2),
        Optional.ofNullable(row.getString(3)),
        kind == null
            ? Optional.empty()
            : Optional.of(
                ObjectName.fromCatalog(
                    ObjectKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    row.getString(5),
                    null,
                    row.getString(6),
                    row.getString(7))));
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
  public void withdraw(ObjectName object) {
    try (PostgresConnection connection = connector.open(scratch)) {
      if (object.kind().isRelation()) {
        foreignKeys.addAll(
            foreignKeysTo(
                connection, new QualifiedName(object.parts().getFirst(), object.simpleName())));
      }
      undo.remove(object).forEach(statement -> attempt(connection, statement));
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

  /** What the server refused; a lost connection is no refusal. */
  private static Optional<SQLException> attempt(PostgresConnection connection, String sql) {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlErrors.state(e).startsWith("08")) {
        throw SqlErrors.translate(e, connection.target());
      }
      return Optional.of(e);
    }
  }
}
