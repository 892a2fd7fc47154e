package dev.stampguard.report.markup;

import dev.stampguard.report.text.Printable;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements that are both XML and HTML: text and attributes are escaped, what a reader would
 * obey instead of show is made visible, and what is opened is closed. Written by hand because the
 * platform's own writers are found through service files, which a native image does not have.
 */
public final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; one whose value is {@code null} is left out
   */
  public Markup open(String name, String... attributes) {
    start(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  /** Closes the element opened last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content, as {@link #open} says. */
  public Markup empty(String name, String... attributes) {
    start(name, attributes);
    out.append("/>");
    return this;
  }

  /** An element with nothing but text, as {@link #open} says. */
  public Markup element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  /** Text on one line: a line break in it is made visible. */
  public Markup text(String text) {
    escape(Printable.escape(text), out);
    return this;
  }

  /** Text whose line breaks and tabs are kept. */
  public Markup lines(String text) {
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        out.append('\n');
      }
      text(lines[i].replace("\t", "    "));
    }
    return this;
  }

  /** Starts a new line between elements. */
  public Markup line() {
    out.append('\n');
    return this;
  }

  /** What is markup, style or script already, and not foreign. */
  public Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  private void start(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(Printable.escape(attributes[i + 1]), out);
        out.append('"');
      }
    }
  }

  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                // Not characters, and no XML may hold them.
                case 0xfffe, 0xffff -> out.append("\\u").append(Integer.toHexString(character));
                default -> out.appendCodePoint(character);
              }
            });
  }

  /**
   * What was written.
   *
   * @throws IllegalStateException when an element is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("`" + open.peek() + "` is still open");
    }
    return out.toString();
  }
}
