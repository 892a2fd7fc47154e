package dev.stampguard.target;

import dev.stampguard.target.EnvFile.Entry;
import dev.stampguard.target.EnvFile.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One pass over the text of a {@code .env} file, with python-dotenv's rules, its surprises
 * included: what it would read is the truth about what the program sees.
 */
final class EnvFileParser {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String EXPORT = "export";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?<name>[^}:]*)(?::-(?<default>[^}]*))?}");

  /** Only such keys are repeated in warnings: anything else may be a stray piece of a secret. */
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern LINE_END = Pattern.compile("\r\n?");

  private final String text;
  private final String name;
  private final Map<String, String> environment;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, TracedText> values = new HashMap<>();
  private final Map<String, Integer> lineOfKey = new HashMap<>();
  private int at;
  private int line = 1;
  private int lineCountedTo;

  EnvFileParser(String text, String name, Map<String, String> environment) {
    this.text = text;
    this.name = name;
    this.environment = environment;
  }

  EnvFile parse() {
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    if (marked) {
      at = 1;
    }
    while (skipBlankLines()) {
      int start = at;
      int startLine = lineAt(start);
      if (!readStatement(startLine)) {
        warnings.add(
            "`%s:%s` cannot be read as `KEY=value` and is skipped".formatted(name, startLine));
        skipRestOfLine();
      } else if (marked && start == 1 && !entries.isEmpty()) {
        warnings.add(
            "`%s` starts with a byte order mark, which python-dotenv takes for part of the first key"
                .formatted(name));
      }
    }
    return new EnvFile(name, entries, warnings);
  }

  /** Whether anything is left after white space and line ends. */
  private boolean skipBlankLines() {
    while (at < text.length() && isWhiteSpace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  /** Reads one assignment or comment with its line end; stops where it fails. */
  private boolean readStatement(int startLine) {
    skipExport();
    if (text.startsWith("#", at)) {
      skipRestOfLine();
      return true;
    }
    Optional<String> key = readKey();
    if (key.isEmpty()) {
      return false;
    }
    skipBlanks();
    Optional<Value> value = Optional.empty();
    if (text.startsWith("=", at)) {
      at++;
      skipBlanks();
      value = readValue(key.get(), startLine);
      if (value.isEmpty()) {
        return false;
      }
    }
    if (!readLineEnd()) {
      return false;
    }
    record(new Entry(key.get(), value.map(this::expand), startLine));
    return true;
  }

  private void skipExport() {
    int end = at + EXPORT.length();
    if (text.startsWith(EXPORT, at) && end < text.length() && isBlank(text.charAt(end))) {
      at = end;
      skipBlanks();
    }
  }

  private Optional<String> readKey() {
    if (text.startsWith("'", at)) {
      int close = text.indexOf('\'', at + 1);
      if (close <= at + 1) {
        return Optional.empty();
      }
      String key = LINE_END.matcher(text.substring(at + 1, close)).replaceAll("\n");
      at = close + 1;
      return Optional.of(key);
    }
    int start = at;
    while (at < text.length() && isKeyCharacter(text.charAt(at))) {
      at++;
    }
    return at == start ? Optional.empty() : Optional.of(text.substring(start, at));
  }

  private Optional<Value> readValue(String key, int keyLine) {
    if (at == text.length()) {
      return Optional.of(new Value(TracedText.NOTHING, at, at));
    }
    return switch (text.charAt(at)) {
      case '\'' -> readQuoted(Quoting.SINGLE, key, keyLine);
      case '"' -> readQuoted(Quoting.DOUBLE, key, keyLine);
      default -> Optional.of(readUnquoted(key, keyLine));
    };
  }

  private Optional<Value> readQuoted(Quoting quoting, String key, int keyLine) {
    int start = at;
    int close = closingQuote(text.charAt(at));
    if (close < 0) {
      return Optional.empty();
    }
    at = close + 1;
    var here = new Provenance.Assignment(key, keyLine, start + 1, close, quoting);
    return Optional.of(new Value(unescape(here), start, at));
  }

  /**
   * The first quote without a backslash before it, whatever stands before the backslash; when there
   * is none, the last one with a backslash: python-dotenv's expression backtracks to it.
   */
  private int closingQuote(char quote) {
    int escaped = -1;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == quote) {
        i++;
        escaped = i;
      }
    }
    return escaped;
  }

  /** A value as Python reads it, which opens files with universal newlines. */
  private TracedText unescape(Provenance.Assignment here) {
    var value = new TracedText.Builder();
    int from = here.start();
    while (from < here.end()) {
      char c = text.charAt(from);
      int next = from + 1;
      if (c == '\\' && next < here.end() && here.quoting().isEscape(text.charAt(next))) {
        c = unescaped(text.charAt(next));
        next++;
      } else if (c == '\r') {
        c = '\n';
        next += next < here.end() && text.charAt(next) == '\n' ? 1 : 0;
      }
      value.append(c, here, from, next);
      from = next;
    }
    return value.build();
  }

  private static char unescaped(char letter) {
    return switch (letter) {
      case 'a' -> '\u0007';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000B';
      default -> letter;
    };
  }

  /** The rest of the line up to white space and {@code #}, without white space at its end. */
  private Value readUnquoted(String key, int keyLine) {
    int start = at;
    int end = at;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      if (text.charAt(at) == '#' && at > start && isWhiteSpace(text.charAt(at - 1))) {
        skipToLineEnd();
        break;
      }
      if (!isWhiteSpace(text.charAt(at))) {
        end = at + 1;
      }
      at++;
    }
    var here = new Provenance.Assignment(key, keyLine, start, end, Quoting.NONE);
    return new Value(unescape(here), start, end);
  }

  private Value expand(Value value) {
    TracedText written = value.traced();
    Matcher variables = VARIABLE.matcher(written.text());
    var expanded = new TracedText.Builder();
    int done = 0;
    while (variables.find()) {
      expanded.append(written.part(done, variables.start()));
      TracedText fallback =
          variables.start("default") < 0
              ? TracedText.NOTHING
              : written.part(variables.start("default"), variables.end("default"));
      expanded.append(resolve(variables.group("name"), fallback));
      done = variables.end();
    }
    expanded.append(written.part(done, written.text().length()));
    return new Value(expanded.build(), value.start(), value.end());
  }

  private TracedText resolve(String variable, TracedText fallback) {
    return environment.containsKey(variable)
        ? TracedText.elsewhere(environment.get(variable), Candidates.inEnvironment(variable))
        : values.getOrDefault(variable, fallback);
  }

  private void record(Entry entry) {
    entries.add(entry);
    // A key without a value counts as set to nothing when another value asks for it.
    values.put(entry.key(), entry.value().map(Value::traced).orElse(TracedText.NOTHING));
    Integer earlier = lineOfKey.put(entry.key(), entry.line());
    if (earlier != null && PLAIN_KEY.matcher(entry.key()).matches()) {
      warnings.add(
          "`%s:%s` sets `%s` again after line %s; the last one counts"
              .formatted(name, entry.line(), entry.key(), earlier));
    }
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  /** Blanks, a comment and the line's end; false, at the first character that is none of them. */
  private boolean readLineEnd() {
    skipBlanks();
    if (text.startsWith("#", at)) {
      skipToLineEnd();
    }
    if (at < text.length() && !isLineEnd(text.charAt(at))) {
      return false;
    }
    skipRestOfLine();
    return true;
  }

  private void skipToLineEnd() {
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
  }

  private void skipRestOfLine() {
    skipToLineEnd();
    if (at < text.length()) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
    }
  }

  private int lineAt(int position) {
    for (; lineCountedTo < position; lineCountedTo++) {
      char c = text.charAt(lineCountedTo);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", lineCountedTo + 1))) {
        line++;
      }
    }
    return line;
  }

  private static boolean isKeyCharacter(char c) {
    return c != '=' && c != '#' && !isWhiteSpace(c);
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isBlank(char c) {
    return isWhiteSpace(c) && !isLineEnd(c);
  }

  /** What Python's {@code \s} matches: Java's two ideas of white space and NEL. */
  private static boolean isWhiteSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
