package dev.stampguard.postgres.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Somebody who is in a database and keeps it from being renamed.
 *
 * @param database the database's name
 * @param pid the server process; empty for a prepared transaction, which has none
 * @param user the role
 * @param application what the client calls itself, or the name of the prepared transaction; may be
 *     empty
 */
public record Session(String database, OptionalInt pid, String user, String application) {
  public Session {
    Objects.requireNonNull(database);
    Objects.requireNonNull(pid);
    Objects.requireNonNull(user);
    Objects.requireNonNull(application);
  }

  /** Reads what {@code database-sessions.sql} returns. */
  static List<Session> read(ResultSet rows) throws SQLException {
    var sessions = new ArrayList<Session>();
    while (rows.next()) {
      int number = rows.getInt(2);
      OptionalInt pid = rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
      sessions.add(
          new Session(
              rows.getString(1),
              pid,
              Objects.requireNonNullElse(rows.getString(3), ""),
              Objects.requireNonNullElse(rows.getString(4), "")));
    }
    return List.copyOf(sessions);
  }

  /** Whether it is a prepared transaction, which nobody but its owner can decide about. */
  public boolean isPreparedTransaction() {
    return pid.isEmpty();
  }

  /** For a message: {@code session 4711 (psql, role bob)}. */
  public String describe() {
    String who = application.isEmpty() ? "role " + user : application + ", role " + user;
    return pid.isPresent()
        ? "session %s (%s)".formatted(pid.getAsInt(), who)
        : "prepared transaction `%s` (role %s)".formatted(application, user);
  }
}
