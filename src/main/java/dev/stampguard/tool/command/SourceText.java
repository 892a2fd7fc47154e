package dev.stampguard.tool.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program's text in which plain settings are looked for: no comments, and of values only those
 * that stand there as they are.
 */
public final class SourceText {
  private static final Pattern STRING = Pattern.compile("(['\"`])((?:\\\\.|(?!\\1)[^\\\\$])*)\\1");

  private final String text;

  private SourceText(String text) {
    this.text = text;
  }

  /** JavaScript or TypeScript; its comments become blanks, so that places stay what they were. */
  public static SourceText javaScript(String text) {
    var plain = new StringBuilder(text);
    char quote = 0;
    for (int at = 0; at < plain.length(); at++) {
      char c = plain.charAt(at);
      if (quote != 0) {
        if (c == '\\') {
          at++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"' || c == '`') {
        quote = c;
      } else if (plain.indexOf("//", at) == at) {
        at = blank(plain, at, end(plain, "\n", at));
      } else if (plain.indexOf("/*", at) == at) {
        at = blank(plain, at, end(plain, "*/", at + 2) + 2);
      }
    }
    return new SourceText(plain.toString());
  }

  private static int end(StringBuilder text, String mark, int from) {
    int end = text.indexOf(mark, from);
    return end < 0 ? text.length() : end;
  }

  private static int blank(StringBuilder text, int from, int to) {
    int end = Math.min(to, text.length());
    for (int at = from; at < end; at++) {
      if (text.charAt(at) != '\n') {
        text.setCharAt(at, ' ');
      }
    }
    return end - 1;
  }

  /** Without comments. */
  public String text() {
    return text;
  }

  /** The object that is the first value of a key; empty when there is none, or it is no object. */
  public Optional<SourceText> object(String key) {
    Matcher found = value(key).matcher(text);
    return found.find() && found.end() < text.length() && text.charAt(found.end()) == '{'
        ? Optional.of(new SourceText(text.substring(found.end(), close(found.end()))))
        : Optional.empty();
  }

  /** Whether a key has a value here, whatever that is. */
  public boolean has(String key) {
    return value(key).matcher(text).find();
  }

  /** The first value of a key where it is a string. */
  public Optional<String> string(String key) {
    Matcher found = value(key).matcher(text);
    return found.find() ? stringAt(found.end()) : Optional.empty();
  }

  private Optional<String> stringAt(int at) {
    Matcher value = STRING.matcher(text).region(at, text.length());
    return value.lookingAt() ? Optional.of(value.group(2)) : Optional.empty();
  }

  /**
   * The first value of a key as paths: a string, a list of them, or what joins several to one; that
   * which starts at the file's own directory is relative to it.
   */
  public List<String> paths(String key) {
    Matcher found = value(key).matcher(text);
    if (!found.find() || found.end() >= text.length()) {
      return List.of();
    }
    int at = found.end();
    int end = text.charAt(at) == '[' ? close(at) : endOfValue(at);
    var paths = new ArrayList<String>();
    for (String part : parts(text.substring(text.charAt(at) == '[' ? at + 1 : at, end))) {
      Matcher string = STRING.matcher(part);
      var joined = new ArrayList<String>();
      while (string.find()) {
        joined.add(string.group(2));
      }
      String path = String.join("/", joined).replaceAll("/+", "/");
      boolean isOwn = part.contains("__dirname") || part.contains("import.meta");
      if (!joined.isEmpty()) {
        paths.add(isOwn && path.startsWith("/") ? path.substring(1) : path);
      }
    }
    return paths;
  }

  /** What commas separate, outside of brackets. */
  private static List<String> parts(String list) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int at = 0; at < list.length(); at++) {
      switch (list.charAt(at)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        case ',' -> {
          if (depth == 0) {
            parts.add(list.substring(from, at));
            from = at + 1;
          }
        }
        default -> {
          // Part of an element.
        }
      }
    }
    parts.add(list.substring(from));
    return parts;
  }

  private int endOfValue(int from) {
    int depth = 0;
    for (int at = from; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> {
          if (--depth < 0) {
            return at;
          }
        }
        case ',', ';' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {
          // Part of the value.
        }
      }
    }
    return text.length();
  }

  /** Where the bracket that opens at a place is closed. */
  private int close(int from) {
    int end = from + 1 > text.length() ? from : endOfValue(from + 1);
    while (end < text.length() && (text.charAt(end) == ',' || text.charAt(end) == ';')) {
      end = endOfValue(end + 1);
    }
    return end;
  }

  /** A key with what stands between it and its value. */
  private static Pattern value(String key) {
    return Pattern.compile(
        "(?<![\\w$.-])(['\"]?)" + Pattern.quote(key) + "\\1\\s*[:=]\\s*(?![:=>])");
  }
}
