package dev.stampguard.postgres;

import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOperation;
import org.postgresql.copy.CopyOut;

/** Rows on their way from one connection to another; nothing of them is kept on the way. */
public final class RowStream {
  private RowStream() {}

  /**
   * Lets one {@code COPY … TO STDOUT} fill another's {@code FROM STDIN}.
   *
   * @return how many rows arrived
   * @throws SQLException from whichever side failed
   */
  public static long copy(PostgresConnection from, String read, PostgresConnection to, String write)
      throws SQLException {
    CopyOut out = copies(from).copyOut(read);
    try {
      CopyIn in = copies(to).copyIn(write);
      try {
        for (byte[] data = out.readFromCopy(); data != null; data = out.readFromCopy()) {
          in.writeToCopy(data, 0, data.length);
        }
        return in.endCopy();
      } finally {
        cancel(in);
      }
    } finally {
      cancel(out);
    }
  }

  private static CopyManager copies(PostgresConnection connection) throws SQLException {
    return connection.jdbc().unwrap(PGConnection.class).getCopyAPI();
  }

  private static void cancel(CopyOperation operation) {
    try {
      if (operation.isActive()) {
        operation.cancelCopy();
      }
    } catch (SQLException e) {
      // The first failure is the one to tell.
    }
  }
}
