package dev.stampguard.report.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Wrapper {
  private final int width;
  private final List<Word> words = new ArrayList<>();
  private Phrase word = Phrase.EMPTY;

  private Wrapper(Phrase phrase, int width) {
    this.width = width;
    phrase.spans().forEach(this::split);
    endWord();
  }

  /**
   * Lines no wider than {@code width} where the words allow it; at least one. Names stay whole, so
   * that they can be copied; any other word that is too wide is broken after punctuation.
   */
  static List<Phrase> wrap(Phrase phrase, int width) {
    return new Wrapper(phrase, width).fill();
  }

  /** Something that stays on one line, and whether a blank goes before it. */
  private record Word(Phrase text, boolean apart) {}

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
    if (word.isEmpty()) {
      return;
    }
    Span first = word.spans().getFirst();
    if (word.width() > width && word.spans().size() == 1 && first.role().breakable()) {
      boolean apart = true;
      for (String piece : first.text().split("(?<=[-_/.,])")) {
        words.add(new Word(Phrase.of(first.role(), piece), apart));
        apart = false;
      }
    } else {
      words.add(new Word(word, true));
    }
    word = Phrase.EMPTY;
  }

  private List<Phrase> fill() {
    var lines = new ArrayList<Phrase>();
    var line = Phrase.EMPTY;
    for (Word next : words) {
      Phrase gap = next.apart() ? gap(line, next.text()) : Phrase.EMPTY;
      if (line.isEmpty()) {
        line = next.text();
      } else if (line.width() + gap.width() + next.text().width() <= width) {
        line = line.then(gap).then(next.text());
      } else {
        lines.add(line);
        line = next.text();
      }
    }
    lines.add(line);
    return lines;
  }

  /** A blank in the role of what it stands between, so that a run of words is coloured as one. */
  private static Phrase gap(Phrase line, Phrase next) {
    boolean alike =
        !line.isEmpty() && line.spans().getLast().role() == next.spans().getFirst().role();
    return Phrase.of(alike ? next.spans().getFirst().role() : Role.PLAIN, " ");
  }
}
