package dev.stampguard.tool.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts the words of an SQL text into statements. */
final class SqlStatements {
  private SqlStatements() {}

  static List<List<SqlToken>> split(List<SqlToken> tokens) {
    var statements = new ArrayList<List<SqlToken>>();
    int start = 0;
    int parentheses = 0;
    int blocks = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        parentheses++;
      } else if (token.isSymbol(")")) {
        parentheses--;
      } else if (token.isWord("atomic") && i > start && tokens.get(i - 1).isWord("begin")) {
        blocks++;
      } else if (blocks > 0 && token.isWord("case")) {
        blocks++;
      } else if (blocks > 0 && token.isWord("end")) {
        blocks--;
      } else if (token.isSymbol(";") && parentheses <= 0 && blocks == 0) {
        add(statements, tokens.subList(start, i));
        start = i + 1;
        parentheses = 0;
      }
    }
    add(statements, tokens.subList(start, tokens.size()));
    return statements;
  }

  private static void add(List<List<SqlToken>> statements, List<SqlToken> statement) {
    if (!statement.isEmpty()) {
      statements.add(statement);
    }
  }
}
