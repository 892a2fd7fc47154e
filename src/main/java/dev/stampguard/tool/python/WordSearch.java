package dev.stampguard.tool.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for words in a Python file without making sense of the rest; comments hold none. */
public final class WordSearch {
  /** Stands for the end of a logical line. */
  public static final String LINE_END = "\n";

  private WordSearch() {}

  /**
   * Whether these names and operators follow one another somewhere; false also of a file that
   * cannot be read.
   */
  public static boolean contains(Path file, String... words) {
    try {
      return contains(Files.readString(file, StandardCharsets.UTF_8), words);
    } catch (IOException | PythonSyntaxException e) {
      return false;
    }
  }

  static boolean contains(String source, String... words) throws PythonSyntaxException {
    if (!source.contains(words[0])) {
      return false; // Of nearly all files that is known without taking them apart.
    }
    List<Token> tokens = Tokenizer.tokens(source.replace("\r\n", "\n"));
    for (int i = 0; i + words.length <= tokens.size(); i++) {
      if (isAt(tokens.subList(i, i + words.length), words)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(List<Token> tokens, String[] words) {
    for (int i = 0; i < words.length; i++) {
      Token token = tokens.get(i);
      boolean isMeant =
          switch (token.kind()) {
            case NAME, OPERATOR -> token.text().equals(words[i]);
            case NEWLINE -> words[i].equals(LINE_END);
            case NUMBER, STRING, INDENT, DEDENT, END -> false;
          };
      if (!isMeant) {
        return false;
      }
    }
    return true;
  }
}
