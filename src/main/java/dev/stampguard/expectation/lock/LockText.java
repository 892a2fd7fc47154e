package dev.stampguard.expectation.lock;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Any text as one field of a line: backslash, tab and line ends as in C, other control characters
 * as {@code \xHH}, so that a field holds neither a separator nor what git takes for a binary file.
 */
final class LockText {
  private static final int DELETE = 0x7f;

  private LockText() {}

  static String escape(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '\\' && c != DELETE) {
        if (out != null) {
          out.append(c);
        }
        continue;
      }
      if (out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(String.format("\\x%02x", (int) c));
      }
    }
    return out == null ? text : out.toString();
  }

  /**
   * The opposite of {@link #escape}.
   *
   * @throws IllegalArgumentException when a backslash opens nothing known
   */
  static String unescape(String text) {
    int next = text.indexOf('\\');
    if (next < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    int from = 0;
    while (next >= 0) {
      out.append(text, from, next);
      char c = next + 1 < text.length() ? text.charAt(next + 1) : ' ';
      from = next + 2;
      switch (c) {
        case '\\' -> out.append('\\');
        case 't' -> out.append('\t');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 's' -> out.append(' ');
        case 'x' -> {
          if (from + 2 > text.length()) {
            throw new IllegalArgumentException("an escape breaks off");
          }
          out.append((char) Integer.parseInt(text, from, from + 2, 16));
          from += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape");
      }
      next = text.indexOf('\\', from);
    }
    return out.append(text, from, text.length()).toString();
  }

  /** Several texts as one field, blanks between them. */
  static String escapeAll(Collection<String> texts) {
    return texts.stream()
        .map(text -> escape(text).replace(" ", "\\s"))
        .collect(Collectors.joining(" "));
  }

  /** The opposite of {@link #escapeAll}, of a field that is still escaped. */
  static List<String> unescapeAll(String field) {
    return field.isEmpty()
        ? List.of()
        : Arrays.stream(field.split(" ", -1)).map(LockText::unescape).toList();
  }
}
