package dev.stampguard.tool.sql.run;

import dev.stampguard.tool.sql.SqlStatement.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A script in pieces. One that begins a transaction once and commits it with its last piece, and
 * does neither elsewhere, can do without both in a transaction that others share.
 *
 * @param pieces in order
 * @param mode what its tool does about transactions
 */
public record PieceScript(List<Piece> pieces, Mode mode) implements RunnableScript {
  public PieceScript {
    pieces = List.copyOf(pieces);
    Objects.requireNonNull(mode);
  }

  /** What a tool does about transactions. */
  public enum Mode {
    /** Begins one before the script and commits it afterwards. */
    WRAPPED,
    /** Sends all of it at once and leaves the rest to the server, for which that is one too. */
    AT_ONCE,
    /** Sends one after the other, and leaves transactions to the script. */
    EACH,
    /** The same, and says that none is wanted. */
    BARE
  }

  @Override
  public boolean canJoin() {
    return mode != Mode.BARE && (isFree(pieces) || isEnclosed());
  }

  /** Of several statements sent at once the server makes one transaction; of a single one none. */
  @Override
  public boolean isWrapped() {
    return switch (mode) {
      case WRAPPED -> true;
      case AT_ONCE -> pieces.size() > 1 && isFree(pieces);
      case EACH, BARE -> false;
    };
  }

  private static boolean isFree(List<Piece> pieces) {
    return pieces.stream()
        .flatMap(piece -> piece.roles().stream())
        .allMatch(role -> role == Role.OTHER);
  }

  private boolean isEnclosed() {
    return pieces.size() > 1
        && pieces.getLast().roles().equals(List.of(Role.COMMITS))
        && pieces.stream().filter(PieceScript::isBegin).count() == 1
        && isFree(inner());
  }

  private static boolean isBegin(Piece piece) {
    return piece.roles().equals(List.of(Role.BEGINS));
  }

  /** What is between, and settings that may stand before the beginning. */
  private List<Piece> inner() {
    return pieces.subList(0, pieces.size() - 1).stream().filter(piece -> !isBegin(piece)).toList();
  }

  @Override
  public void run(Connection connection, boolean isJoining) throws FailedStatementException {
    for (Piece piece : isJoining && isEnclosed() ? inner() : pieces) {
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(piece.sql());
        while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
          // An error in a later one of several statements shows when its result is fetched.
        }
      } catch (SQLException e) {
        throw new FailedStatementException(e, piece.line() + linesBefore(e, piece.sql()));
      }
    }
  }

  private static int linesBefore(SQLException error, String sql) {
    ServerErrorMessage server =
        error instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
    if (server == null || server.getPosition() <= 0) {
      return 0;
    }
    int position = Math.min(server.getPosition() - 1, sql.codePointCount(0, sql.length()));
    return (int)
        sql.substring(0, sql.offsetByCodePoints(0, position))
            .chars()
            .filter(c -> c == '\n')
            .count();
  }
}
