package dev.stampguard.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One statement whose rows are read as text, one by one, so that it does not matter whose
 * connection brings them.
 *
 * @param sql complete as it is; its columns are text, integers and booleans
 * @param reader makes what takes the rows of one result
 */
public record RowQuery<T>(String sql, Supplier<Reader<T>> reader) {
  public RowQuery {
    Objects.requireNonNull(sql);
    Objects.requireNonNull(reader);
  }

  /** Takes the rows of one result, in order. */
  public interface Reader<T> {
    void row(Row row);

    /** The answer, after the last row. */
    T answer();
  }

  /** Makes one thing of each row. */
  public static <T> RowQuery<List<T>> each(String sql, Function<Row, T> make) {
    return new RowQuery<>(
        sql,
        () -> {
          var made = new ArrayList<T>();
          return new Reader<>() {
            @Override
            public void row(Row row) {
              made.add(make.apply(row));
            }

            @Override
            public List<T> answer() {
              return made;
            }
          };
        });
  }

  /** The same with another answer. */
  public <R> RowQuery<R> map(Function<T, R> change) {
    return new RowQuery<>(
        sql,
        () -> {
          Reader<T> inner = reader.get();
          return new Reader<>() {
            @Override
            public void row(Row row) {
              inner.row(row);
            }

            @Override
            public R answer() {
              return change.apply(inner.answer());
            }
          };
        });
  }

  /** To be sent over a connection of our own. */
  public Query<T> query() {
    return Query.of(sql, rows -> read(rows, reader.get()));
  }

  /** Reads a result set from before its first row. */
  public static <T> T read(ResultSet rows, Reader<T> reader) throws SQLException {
    int width = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      var columns = new String[width];
      for (int column = 1; column <= width; column++) {
        columns[column - 1] = rows.getString(column);
      }
      reader.row(new Row(columns));
    }
    return reader.answer();
  }
}
