package dev.stampguard.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * What a transaction can see, and of which server. Two equal ones saw the same rows, those of
 * PostgreSQL's own tables included: a snapshot says which transactions are over, and none can come
 * back while the server runs (<a
 * href="https://www.postgresql.org/docs/current/functions-info.html">{@code
 * pg_current_snapshot}</a>). Anything that is written anywhere on the server makes another one.
 *
 * @param searchPath the schemas that the connection searches by itself and that its role may use
 * @param started when the server was started, as it prints it; to the microsecond, so that no two
 *     servers share it
 * @param snapshot as the server prints it
 */
public record ServerMoment(List<String> searchPath, String started, String snapshot) {
  public ServerMoment {
    searchPath = List.copyOf(searchPath);
    Objects.requireNonNull(started);
    Objects.requireNonNull(snapshot);
  }

  /** This moment; to travel in one message with other queries. */
  static Query<ServerMoment> query() {
    return Query.of(
        SqlResource.read("server-moment"),
        rows -> {
          rows.next();
          return new ServerMoment(texts(rows), rows.getString(2), rows.getString(3));
        });
  }

  private static List<String> texts(ResultSet rows) throws SQLException {
    return List.of((String[]) rows.getArray(1).getArray());
  }
}
