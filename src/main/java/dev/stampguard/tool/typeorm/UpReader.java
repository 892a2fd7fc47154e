package dev.stampguard.tool.typeorm;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.sql.SqlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the SQL of {@code queryRunner.query('…')} in a migration's {@code up}, as TypeORM itself
 * generates it. What else is done there, or only on some condition, is not understood.
 */
final class UpReader {
  private static final Pattern UP =
      Pattern.compile("(?<![\\w$])up\\s*\\(\\s*([A-Za-z_$][\\w$]*)?[^)]*\\)[^{;]*\\{");
  private static final Pattern BRANCH =
      Pattern.compile("(?<![\\w$.])(?:if|for|while|switch|try|return|throw)\\b|=>|\\?[^.]");

  private final ProgramScripts finder;

  UpReader(ProgramScripts finder) {
    this.finder = finder;
  }

  /**
   * What it does.
   *
   * @param body of the class, with its brackets
   * @param line 1-based line of the file on which it begins
   */
  List<SchemaOperation> read(String body, int line) {
    Matcher up = UP.matcher(body);
    if (!up.find() || up.group(1) == null) {
      return List.of(finder.unreadable(line, body));
    }
    int from = up.end() - 1;
    String text = body.substring(from, Brackets.close(body, from));
    int start = line + Brackets.line(body, from) - 1;
    if (BRANCH.matcher(withoutStrings(text)).find()) {
      return List.of(finder.unreadable(start, text));
    }
    return calls(text, start, up.group(1));
  }

  private List<SchemaOperation> calls(String text, int start, String runner) {
    var operations = new ArrayList<SchemaOperation>();
    Matcher call =
        Pattern.compile("await\\s+" + Pattern.quote(runner) + "\\.(\\w+)(?:<[^(]*>)?\\s*\\(")
            .matcher(text);
    int at = 1;
    while (call.find(at)) {
      unread(text.substring(at, call.start()), start + Brackets.line(text, at) - 1, operations);
      int open = call.end() - 1;
      int close = Brackets.close(text, open);
      int line = start + Brackets.line(text, call.end()) - 1;
      String arguments = text.substring(call.end(), Math.max(call.end(), close - 1)).strip();
      if (call.group(1).equals("query") && isPlain(arguments)) {
        int indent = text.indexOf(arguments, call.end());
        operations.addAll(
            SqlReader.read(plain(arguments), start + Brackets.line(text, indent) - 1));
      } else {
        operations.add(finder.unreadable(line, arguments));
      }
      at = close;
    }
    unread(
        text.substring(at, Math.max(at, text.length() - 1)),
        start + Brackets.line(text, at) - 1,
        operations);
    return operations;
  }

  /** What stands between calls. */
  private void unread(String text, int line, List<SchemaOperation> operations) {
    if (!text.replace(";", "").isBlank()) {
      operations.add(finder.unreadable(line, text));
    }
  }

  /** Whether it is one string in which nothing is put when the program runs. */
  private static boolean isPlain(String arguments) {
    boolean isString =
        !arguments.isEmpty()
            && "'\"`".indexOf(arguments.charAt(0)) >= 0
            && Brackets.endOfString(arguments, 0)
                == arguments.replaceFirst(",\\s*$", "").length() - 1;
    return isString && !(arguments.charAt(0) == '`' && arguments.contains("${"));
  }

  private static String plain(String argument) {
    String inside = argument.substring(1, Brackets.endOfString(argument, 0));
    var text = new StringBuilder();
    for (int at = 0; at < inside.length(); at++) {
      char c = inside.charAt(at);
      if (c != '\\' || at + 1 == inside.length()) {
        text.append(c);
        continue;
      }
      char escaped = inside.charAt(++at);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case '\n' -> text.append("");
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }

  private static String withoutStrings(String text) {
    var rest = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      if ("'\"`".indexOf(text.charAt(at)) >= 0) {
        at = Brackets.endOfString(text, at);
      } else {
        rest.append(text.charAt(at));
      }
    }
    return rest.toString();
  }
}
