package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the method {@code Up} of a migration of Entity Framework Core. */
final class CSharpReader {
  /** Words with which what follows may not run, or may be left. */
  private static final Set<String> CONTROL =
      Set.of(
          "if", "for", "foreach", "while", "do", "switch", "try", "throw", "return", "goto",
          "yield", "lock", "using");

  private final Words words;
  private final Unread unread;

  CSharpReader(Words words, Unread unread) {
    this.words = words;
    this.unread = unread;
  }

  List<SchemaOperation> read() {
    var found = new ArrayList<Integer>();
    for (int i = 0; i < words.size(); i++) {
      if (words.isWord(i, "Up") && words.isWord(i - 1, "void") && words.isSymbol(i + 1, "(")) {
        found.add(i + 1);
      }
    }
    if (found.size() == 1) {
      int open = found.getFirst();
      int close = words.closing(open);
      Words body = body(words.skipLines(close + 1));
      if (body != null
          && words.isWord(close - 1)
          && !body.hasAny(CONTROL)
          && body.tokens().stream().noneMatch(token -> token.isSymbol("#"))) {
        return new Body(body, words.get(close - 1).text(), unread).read();
      }
    }
    return List.of(unread.of(1, words.source()));
  }

  private Words body(int from) {
    if (words.isSymbol(from, "{") && words.closing(from) < words.size()) {
      return words.part(from + 1, words.closing(from));
    }
    if (!words.isSymbol(from, "=>")) {
      return null;
    }
    int end = from;
    int depth = 0;
    while (end < words.size() && !(depth == 0 && words.isSymbol(end, ";"))) {
      depth += words.depth(end);
      end++;
    }
    return words.part(from + 1, end);
  }

  /** The statements of the method. */
  private static final class Body extends BodyReader {
    private final String builder;

    Body(Words body, String builder, Unread unread) {
      super(body, unread);
      this.builder = builder;
    }

    @Override
    List<SchemaOperation> statement() {
      int open = at + 3;
      boolean isSql =
          body.isWord(at, builder)
              && body.isSymbol(at + 1, ".")
              && body.isWord(at + 2, "Sql")
              && body.isSymbol(open, "(");
      if (!isSql) {
        return null;
      }
      int close = body.closing(open);
      at = behindName(body.skipLines(open + 1), "sql");
      CodeToken text = literal("+");
      if (text == null) {
        return null;
      }
      at = body.skipLines(at);
      if (body.isSymbol(at, ",")) {
        at = behindName(body.skipLines(at + 1), "suppressTransaction");
        if (!body.isWord(at, "true") && !body.isWord(at, "false")) {
          return null;
        }
        at = body.skipLines(at + 1);
      }
      if (at != close || close == body.size()) {
        return null;
      }
      at++;
      return sql(text);
    }

    /** Arguments may be named. */
    private int behindName(int from, String name) {
      return body.isWord(from, name) && body.isSymbol(from + 1, ":")
          ? body.skipLines(from + 2)
          : from;
    }

    @Override
    boolean acceptEnd() {
      at = body.skipLines(at);
      return at >= body.size() || body.isSymbol(at, ";");
    }

    @Override
    int end(int from) {
      int depth = 0;
      for (int i = from; i < body.size(); i++) {
        depth += body.depth(i);
        if (depth == 0 && body.isSymbol(i, ";")) {
          return i + 1;
        }
      }
      return body.size();
    }
  }
}
