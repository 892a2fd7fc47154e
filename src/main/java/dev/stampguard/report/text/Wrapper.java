package dev.stampguard.report.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Wrapper {
  private final List<Phrase> words = new ArrayList<>();
  private Phrase word = Phrase.EMPTY;

  private Wrapper(Phrase phrase) {
    phrase.spans().forEach(this::split);
    endWord();
  }

  /**
   * Lines no wider than {@code width} where the words allow it; at least one. A word that is wider
   * stays whole, so that names can be copied.
   */
  static List<Phrase> wrap(Phrase phrase, int width) {
    return new Wrapper(phrase).fill(width);
  }

  private void split(Span span) {
    if (!span.role().breakable()) {
      word = word.with(span.role(), span.text());
      return;
    }
    String[] parts = span.text().split(" ", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        endWord();
      }
      word = word.with(span.role(), parts[i]);
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.add(word);
      word = Phrase.EMPTY;
    }
  }

  private List<Phrase> fill(int width) {
    var lines = new ArrayList<Phrase>();
    var line = Phrase.EMPTY;
    for (Phrase next : words) {
      if (line.isEmpty()) {
        line = next;
      } else if (line.width() + 1 + next.width() <= width) {
        line = line.plain(" ").then(next);
      } else {
        lines.add(line);
        line = next;
      }
    }
    lines.add(line);
    return lines;
  }
}
