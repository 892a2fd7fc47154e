package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a file of goose's into what it sends: line by line, each statement up to a line that ends
 * with a semicolon, or up to {@code StatementEnd}.
 */
final class GooseScript {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{([A-Za-z_]\\w*)(?::?-([^}]*))?}|\\$([A-Za-z_]\\w*)");

  private enum At {
    START,
    UP,
    STATEMENT,
    DOWN
  }

  private final Map<String, String> environment;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder piece = new StringBuilder();
  private int firstLine;
  private At at = At.START;
  private boolean isWrapped = true;
  private boolean isSubstituting;

  /**
   * @param environment for variables, where a file asks for them
   */
  GooseScript(Map<String, String> environment) {
    this.environment = environment;
  }

  PieceScript read(String text) throws UnusableScriptException {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.strip().startsWith("--") && line.contains("+goose")) {
        annotation(line);
      } else if ((at == At.UP || at == At.STATEMENT) && !isSkipped(line)) {
        sql(line, number);
      } else if (at == At.START && !line.isBlank() && !line.strip().startsWith("--")) {
        throw new UnusableScriptException("goose wants `-- +goose Up` before the first statement");
      }
    }
    if (at == At.START) {
      throw new UnusableScriptException("goose wants `-- +goose Up` in it");
    }
    if (at == At.STATEMENT) {
      throw new UnusableScriptException("goose misses `-- +goose StatementEnd`");
    }
    requireEnded();
    return new PieceScript(pieces, isWrapped ? PieceScript.Mode.WRAPPED : PieceScript.Mode.BARE);
  }

  /** What stands before a statement is left out. */
  private boolean isSkipped(String line) {
    return piece.isEmpty() && (line.isEmpty() || line.strip().startsWith("--"));
  }

  private void annotation(String line) throws UnusableScriptException {
    String said =
        line.replace("--", "").replaceFirst("\\+goose", "").strip().toLowerCase(Locale.ROOT);
    switch (said) {
      case "up" -> at = At.UP;
      case "down" -> {
        requireEnded();
        at = At.DOWN;
      }
      case "statementbegin" -> at = at == At.UP ? At.STATEMENT : at;
      case "statementend" -> {
        if (at == At.STATEMENT) {
          end();
          at = At.UP;
        }
      }
      case "no transaction" -> isWrapped = false;
      case "envsub on" -> isSubstituting = true;
      case "envsub off" -> isSubstituting = false;
      default -> throw new UnusableScriptException("goose knows no `+goose %s`".formatted(said));
    }
  }

  private void requireEnded() throws UnusableScriptException {
    if (!piece.toString().isBlank()) {
      throw new UnusableScriptException(
          "goose misses a semicolon at the end of the statement in line " + firstLine);
    }
  }

  private void sql(String line, int number) {
    if (piece.isEmpty()) {
      firstLine = number;
    }
    piece.append(isSubstituting ? substituted(line) : line).append('\n');
    if (at == At.UP && endsStatement(line)) {
      end();
    }
  }

  private void end() {
    String sql = piece.toString().strip();
    if (!sql.isEmpty()) {
      pieces.add(new Piece(sql, firstLine));
    }
    piece.setLength(0);
  }

  /** Whether the last word before a comment ends with a semicolon. */
  private static boolean endsStatement(String line) {
    String last = "";
    for (String word : line.strip().split("\\s+")) {
      if (word.startsWith("--")) {
        break;
      }
      last = word;
    }
    return last.endsWith(";");
  }

  private String substituted(String line) {
    return VARIABLE
        .matcher(line)
        .replaceAll(
            found -> {
              if (found.group().equals("$$")) {
                return Matcher.quoteReplacement("$");
              }
              String name = found.group(1) == null ? found.group(3) : found.group(1);
              String otherwise = found.group(2) == null ? "" : found.group(2);
              return Matcher.quoteReplacement(environment.getOrDefault(name, otherwise));
            });
  }
}
