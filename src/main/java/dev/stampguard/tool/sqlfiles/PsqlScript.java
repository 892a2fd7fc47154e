package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A script for psql. Of what psql itself does only that is understood which changes nothing. */
final class PsqlScript {
  /** Commands that only say something, or set what makes no difference here. */
  private static final Set<String> HARMLESS =
      Set.of("\\echo", "\\qecho", "\\warn", "\\set", "\\unset", "\\pset", "\\timing", "\\x", "\\t");

  private static final Pattern COPIED = Pattern.compile("(?is)\\bCOPY\\b[^;]*\\bFROM\\s+STDIN\\b");

  private static final Pattern VARIABLE =
      Pattern.compile("(?<![:\\w\\]]):([\"']?)[A-Za-z_]\\w*\\1");

  private PsqlScript() {}

  static PieceScript read(MigrationFile file) throws UnusableScriptException {
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      String command = line.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
      if (command.startsWith("\\") && !HARMLESS.contains(command)) {
        throw new UnusableScriptException(
            "line %s has the command `%s`, which only psql knows".formatted(number, command));
      }
    }
    String sql =
        file.text()
            .lines()
            .map(line -> line.strip().startsWith("\\") ? "" : line)
            .collect(Collectors.joining("\n"));
    List<Piece> pieces = Piece.each(sql, 1);
    for (Piece piece : pieces) {
      if (COPIED.matcher(piece.sql()).find()) {
        throw new UnusableScriptException(
            "line %s copies rows from the script, which only psql can".formatted(piece.line()));
      }
      if (VARIABLE.matcher(withoutTexts(piece.sql())).find()) {
        throw new UnusableScriptException(
            "the statement in line %s has a variable of psql's in it".formatted(piece.line()));
      }
    }
    return new PieceScript(pieces, PieceScript.Mode.EACH);
  }

  private static String withoutTexts(String sql) {
    return sql.replaceAll("(?s)\\$(\\w*)\\$.*?\\$\\1\\$", "")
        .replaceAll("--[^\\n]*", "")
        .replaceAll("(?<!:)'(?:[^']|'')*'", "");
  }
}
