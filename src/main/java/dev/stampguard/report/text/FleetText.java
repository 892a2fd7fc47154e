package dev.stampguard.report.text;

import dev.stampguard.report.FleetLine;
import dev.stampguard.report.FleetLine.Failed;
import dev.stampguard.report.FleetLine.Judged;
import dev.stampguard.report.FleetTotals;
import java.util.Map;
import java.util.stream.Collectors;

/** Many databases, a line each: what it is called, the answer in a word, and the reason. */
final class FleetText {
  /** The longest of the words: {@code inconsistent}. */
  private static final int WORD_WIDTH = 12;

  private FleetText() {}

  static void write(Page page, FleetLine line, int nameWidth) {
    String word = FleetTotals.word(line);
    page.line(
        0,
        padded(Role.PLAIN, line.name(), nameWidth)
            .plain("  ")
            .then(padded(role(line), word, WORD_WIDTH))
            .plain("  ")
            .then(reason(line)));
  }

  /** How many of what, the fewest words that say it. */
  static String counts(FleetTotals totals) {
    return totals.counts().entrySet().stream()
        .map(FleetText::count)
        .collect(Collectors.joining(", "));
  }

  private static String count(Map.Entry<String, Integer> count) {
    return count.getValue() + " " + count.getKey();
  }

  private static Role role(FleetLine line) {
    return switch (line) {
      case Judged judged -> Role.of(judged.report().verdict());
      case Failed failed -> Role.ERROR;
    };
  }

  private static Phrase reason(FleetLine line) {
    return switch (line) {
      case Judged judged -> CheckText.story(judged.report());
      case Failed failed -> Phrase.prose(failed.failure().getMessage());
    };
  }

  private static Phrase padded(Role role, String text, int width) {
    Phrase phrase = Phrase.of(role, text);
    return phrase.plain(" ".repeat(Math.max(0, width - phrase.width())));
  }
}
