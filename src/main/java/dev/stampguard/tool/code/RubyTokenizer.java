package dev.stampguard.tool.code;

import dev.stampguard.tool.code.CodeToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ruby. */
final class RubyTokenizer extends CodeTokenizer {
  private static final Form QUOTED = new Form(Escapes.ALL, false, "#{");
  private static final Form SINGLE = new Form(Escapes.OWN, false, "");

  private static final Pattern HEREDOC =
      Pattern.compile("<<([~-]?)(?:([A-Z]\\w*)|(['\"])([^'\"\\n]+)\\3)");
  private static final Pattern PERCENT = Pattern.compile("%([qQwWiIrsx]?)([^\\w\\s=])");

  /** A text that begins on the next line. */
  private record Awaited(int index, String end, boolean isIndented, boolean isRaw) {}

  private final List<Awaited> awaited = new ArrayList<>();

  RubyTokenizer(String source, int line) {
    super(source, line);
  }

  @Override
  String nameEnds() {
    return "?!";
  }

  @Override
  boolean readSpecial(char c) {
    boolean isLineStart = charAt(at - 1) == '\n' || at == 0;
    if (c == '#') {
      skipLine();
    } else if (isLineStart && source.startsWith("=begin", at)) {
      skipBehind("\n=end", at);
      skipLine();
    } else if (isLineStart && source.startsWith("__END__", at)) {
      skipTo(source.length());
    } else if (c == '\'') {
      string(at + 1, "'", SINGLE);
    } else if (c == '"' || c == '`') {
      quoted(at + 1, String.valueOf(c), c == '"');
    } else if (c == '<') {
      return heredoc();
    } else if (c == '%') {
      return percent();
    } else if (c == '/' && isArgument()) {
      quoted(at + 1, "/", false);
    } else {
      return false;
    }
    return true;
  }

  /** Something quoted with parts that may be computed; text or not. */
  private void quoted(int start, String close, boolean isText) {
    string(start, close, QUOTED);
    CodeToken read = tokens.getLast();
    if (!isText || isComputed(source.substring(read.from(), read.to()))) {
      replace(tokens.size() - 1, isText ? read.text() : "", read.line(), false);
    }
  }

  /** Whether a value begins here rather than an operator goes on. */
  private boolean isArgument() {
    CodeToken last = tokens.isEmpty() ? null : tokens.getLast();
    boolean isBehindName =
        last != null
            && last.kind() == Kind.WORD
            && last.to() < at
            && !Character.isWhitespace(charAt(at + 1));
    return last == null || last.isNewline() || isValueExpected() || isBehindName;
  }

  private boolean heredoc() {
    Matcher found = HEREDOC.matcher(source).region(at, source.length());
    if (!found.lookingAt() || !(isArgument() || charAt(at - 1) == ' ')) {
      return false;
    }
    String end = found.group(2) == null ? found.group(4) : found.group(2);
    awaited.add(
        new Awaited(tokens.size(), end, !found.group(1).isEmpty(), "'".equals(found.group(3))));
    opaque(found.end());
    return true;
  }

  private boolean percent() {
    Matcher found = PERCENT.matcher(source).region(at, source.length());
    if (!found.lookingAt() || !isArgument()) {
      return false;
    }
    String kind = found.group(1);
    String close =
        switch (found.group(2)) {
          case "(" -> ")";
          case "[" -> "]";
          case "{" -> "}";
          case "<" -> ">";
          default -> found.group(2);
        };
    if (kind.equals("q")) {
      string(found.end(), close, SINGLE);
    } else {
      quoted(found.end(), close, kind.isEmpty() || kind.equals("Q"));
    }
    return true;
  }

  @Override
  void lineEnded() {
    for (Awaited text : awaited) {
      read(text);
    }
    awaited.clear();
  }

  /** Up to the line that says its end; what is in it is read as if it were quoted. */
  private void read(Awaited text) {
    int first = line();
    int start = at;
    int end = start;
    int behind = source.length();
    boolean isClosed = false;
    while (end < source.length() && !isClosed) {
      int stop = source.indexOf('\n', end);
      stop = stop < 0 ? source.length() : stop;
      String each = source.substring(end, stop).replaceFirst("\\r$", "");
      isClosed = (text.isIndented() ? each.strip() : each).equals(text.end());
      behind = stop;
      end = isClosed ? end : Math.min(source.length(), stop + 1);
    }
    String body = source.substring(start, end);
    if (text.isRaw()) {
      replace(text.index(), body, first, isClosed);
    } else {
      // A mark that cannot stand in it: the whole of it is one string.
      var inside = new RubyTokenizer(body, first);
      inside.string(0, "\u0000", QUOTED);
      CodeToken whole = inside.tokens.getFirst();
      boolean isPlain =
          isClosed && !isComputed(body) && !body.matches("(?s).*\\\\[^ntr\\n\\\\\"'].*");
      replace(text.index(), whole.text(), first, isPlain);
    }
    skipTo(behind);
  }

  private static boolean isComputed(String body) {
    return body.contains("#{") || body.contains("#@") || body.contains("#$");
  }
}
