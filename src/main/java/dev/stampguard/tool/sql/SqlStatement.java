package dev.stampguard.tool.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One statement of a script, to be sent as it is.
 *
 * @param text without the semicolon that ends it, and without comments around it
 * @param line 1-based line of the script on which it begins
 * @param role what it does to the transaction it runs in
 */
public record SqlStatement(String text, int line, Role role) {
  private static final Set<String> BEGINS = Set.of("begin", "start");
  private static final Set<String> COMMITS = Set.of("commit", "end");

  public SqlStatement {
    Objects.requireNonNull(text);
    Objects.requireNonNull(role);
  }

  /** What a statement does to the transaction it runs in. */
  public enum Role {
    BEGINS,
    COMMITS,
    ROLLS_BACK,
    /** What is in the transaction, such as a savepoint. */
    OTHER
  }

  /**
   * Cuts a text where its statements end.
   *
   * @param sql no statement at all, or any number of them
   * @param line the line of the script the text starts on
   */
  public static List<SqlStatement> of(String sql, int line) {
    return SqlStatements.split(SqlTokenizer.tokens(sql)).stream()
        .map(
            words ->
                new SqlStatement(
                    sql.substring(words.getFirst().start(), words.getLast().end()),
                    line + words.getFirst().line(),
                    role(words)))
        .toList();
  }

  /** The same, each with the comments in front of it. */
  public static List<String> withComments(String sql) {
    var statements = new ArrayList<String>();
    int from = 0;
    for (List<SqlToken> words : SqlStatements.split(SqlTokenizer.tokens(sql))) {
      int end = words.getLast().end();
      statements.add(sql.substring(from, end).strip());
      int semicolon = sql.indexOf(';', end);
      from = semicolon < 0 ? sql.length() : semicolon + 1;
    }
    return statements;
  }

  private static Role role(List<SqlToken> words) {
    SqlToken verb = words.getFirst();
    if (verb.kind() != SqlToken.Kind.WORD) {
      return Role.OTHER;
    }
    if (BEGINS.contains(verb.text())) {
      return Role.BEGINS;
    }
    if (COMMITS.contains(verb.text())) {
      return Role.COMMITS;
    }
    boolean isRollback = verb.text().equals("rollback") || verb.text().equals("abort");
    return isRollback && words.stream().noneMatch(word -> word.isWord("to"))
        ? Role.ROLLS_BACK
        : Role.OTHER;
  }
}
