package dev.stampguard.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * SQL and how to read what it returns. Several queries joined by {@link #and} travel in one message
 * and cost one round trip.
 *
 * @param sql one or more statements, separated by semicolons, complete as they are
 * @param reader turns the result sets into the answer
 */
public record Query<T>(String sql, Reader<T> reader) {
  public Query {
    Objects.requireNonNull(sql);
    Objects.requireNonNull(reader);
  }

  /** Reads exactly the result sets its own statements return. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Results results) throws SQLException;
  }

  /** Reads one result set from before its first row. */
  @FunctionalInterface
  public interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** A query with one result set. */
  public static <T> Query<T> of(String sql, Rows<T> rows) {
    return new Query<>(sql, results -> rows.read(results.next()));
  }

  /**
   * Puts values into SQL, because the driver splits a parameterised statement at its semicolons and
   * sends each part as a message of its own.
   *
   * @param sql with {@code ?} for each value and no other question mark
   * @param values in the order of the question marks; they become string literals
   */
  public static String bind(String sql, List<String> values) {
    var bound = new StringBuilder(sql);
    int at = 0;
    for (String value : values) {
      at = bound.indexOf("?", at);
      String literal = literal(value);
      bound.replace(at, at + 1, literal);
      at += literal.length();
    }
    return bound.toString();
  }

  /** In the form that reads the same whatever {@code standard_conforming_strings} says. */
  private static String literal(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL knows no text with a zero byte");
    }
    return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** The same with another answer. */
  public <R> Query<R> map(Function<T, R> change) {
    return new Query<>(sql, results -> change.apply(reader.read(results)));
  }

  /**
   * All queries in one message, their answers in the same order.
   *
   * @param queries at least one
   */
  public static <T> Query<List<T>> all(List<Query<T>> queries) {
    return new Query<>(
        String.join(";\n", queries.stream().map(Query::sql).toList()),
        results -> {
          var answers = new ArrayList<T>(queries.size());
          for (Query<T> query : queries) {
            answers.add(query.reader().read(results));
          }
          return answers;
        });
  }

  /** Both queries in one message. */
  public <U, R> Query<R> and(Query<U> other, BiFunction<T, U, R> combine) {
    return new Query<>(
        sql + ";\n" + other.sql,
        results -> {
          T first = reader.read(results);
          return combine.apply(first, other.reader.read(results));
        });
  }
}
