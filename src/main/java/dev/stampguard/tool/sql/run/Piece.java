package dev.stampguard.tool.sql.run;

import dev.stampguard.tool.sql.SqlStatement;
import java.util.List;
import java.util.Objects;

/**
 * What of a script goes to the server in one message.
 *
 * @param sql as it is sent
 * @param line 1-based line of the script on which it begins
 */
public record Piece(String sql, int line) {
  public Piece {
    Objects.requireNonNull(sql);
  }

  /** Statement by statement, for tools that send a text as a whole: it comes to the same. */
  public static List<Piece> each(String sql, int line) {
    return SqlStatement.of(sql, line).stream()
        .map(statement -> new Piece(statement.text(), statement.line()))
        .toList();
  }

  List<SqlStatement.Role> roles() {
    return SqlStatement.of(sql, line).stream().map(SqlStatement::role).toList();
  }
}
