package dev.stampguard.tool.sqlfiles;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.tool.OwnCheck;
import dev.stampguard.tool.OwnCheck.Result;
import dev.stampguard.tool.sql.SqlStatement;
import dev.stampguard.tool.sql.SqlStatement.Role;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs Sqitch's verify scripts where they can do no harm: each in a read-only transaction that is
 * rolled back, and none that does more than look.
 *
 * @param connection with no transaction open
 */
record SqitchVerify(PostgresConnection connection) {
  private static final int SECONDS = 10;

  /** After a query no script can make the transaction one that writes. */
  private static final String BEGIN =
      "BEGIN READ ONLY; SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '1s'; SELECT 1";

  /** What only looks, in a transaction that cannot write; COPY can write files in one. */
  private static final Set<String> LOOKING =
      Set.of("select", "with", "values", "table", "do", "set", "show", "explain");

  /**
   * What is no answer: a statement that wants to write, may not look, was in somebody's way or is
   * psql's own.
   */
  private static final Set<String> NO_ANSWER =
      Set.of("25006", "25001", "42501", "57014", "55P03", "40001", "40P01", "42601");

  OwnCheck run(MigrationFile script) {
    List<SqlStatement> statements;
    try {
      PsqlScript.read(script);
      statements = statements(script.text());
    } catch (UnusableScriptException e) {
      return new OwnCheck(script.id(), script.path(), Result.NOT_RUN, e.getMessage());
    }
    int line = 1;
    try {
      execute(BEGIN);
      for (SqlStatement statement : statements) {
        line = statement.line();
        execute(statement.text());
      }
      return new OwnCheck(script.id(), script.path(), Result.PASSED, "");
    } catch (SQLException e) {
      boolean isNoAnswer = NO_ANSWER.contains(SqlErrors.state(e)) || SqlErrors.isEnd(e);
      return new OwnCheck(
          script.id(),
          script.path() + ":" + line,
          isNoAnswer ? Result.NOT_RUN : Result.FAILED,
          SqlErrors.said(e));
    } finally {
      end();
    }
  }

  /** Without what begins and ends the script's own transaction. */
  private static List<SqlStatement> statements(String text) throws UnusableScriptException {
    String sql =
        String.join(
            "\n", text.lines().map(line -> line.strip().startsWith("\\") ? "" : line).toList());
    List<SqlStatement> all = SqlStatement.of(sql, 1);
    int from = !all.isEmpty() && all.getFirst().role() == Role.BEGINS ? 1 : 0;
    int to = all.size();
    while (to > from
        && (all.get(to - 1).role() == Role.ROLLS_BACK || all.get(to - 1).role() == Role.COMMITS)) {
      to--;
    }
    List<SqlStatement> inner = all.subList(from, to);
    for (SqlStatement statement : inner) {
      String verb = statement.text().split("[\\s(]", 2)[0].toLowerCase(Locale.ROOT);
      if (statement.role() != Role.OTHER || !LOOKING.contains(verb)) {
        throw new UnusableScriptException(
            "the statement in line %s does more than look".formatted(statement.line()));
      }
    }
    return inner;
  }

  private void execute(String sql) throws SQLException {
    Connection jdbc = connection.jdbc();
    try (Statement statement = jdbc.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setQueryTimeout(SECONDS); // a script may lift the server's
      statement.execute(sql);
    }
  }

  private void end() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction.
    }
  }

  /** The script of a change, if it has one. */
  static List<MigrationFile> scripts(Path directory, ScriptFiles files, List<String> changes) {
    return changes.stream()
        .flatMap(
            change -> {
              Path file = directory.resolve(change + ".sql");
              return Files.isRegularFile(file)
                  ? files.read(change, "", file).stream()
                  : Stream.empty();
            })
        .toList();
  }
}
