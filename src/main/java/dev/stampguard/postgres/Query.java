package dev.stampguard.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * SQL and how to read what it returns. Several queries joined by {@link #and} travel in one message
 * and cost one round trip.
 *
 * @param sql one or more statements, separated by semicolons, with {@code ?} for each parameter
 * @param parameters the values, all sent as text
 * @param reader turns the result sets into the answer
 */
public record Query<T>(String sql, List<String> parameters, Reader<T> reader) {
  public Query {
    Objects.requireNonNull(sql);
    parameters = List.copyOf(parameters);
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
  public static <T> Query<T> of(String sql, List<String> parameters, Rows<T> rows) {
    return new Query<>(sql, parameters, results -> rows.read(results.next()));
  }

  /** Both queries in one message. */
  public <U, R> Query<R> and(Query<U> other, BiFunction<T, U, R> combine) {
    return new Query<>(
        sql + ";\n" + other.sql,
        Stream.concat(parameters.stream(), other.parameters.stream()).toList(),
        results -> {
          T first = reader.read(results);
          return combine.apply(first, other.reader.read(results));
        });
  }
}
