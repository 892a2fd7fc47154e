package dev.stampguard.report.text;

import dev.stampguard.repair.WayOut;
import java.util.Comparator;
import java.util.List;

/** Every strategy with why or why not, the one to take first. */
final class WaysOutText {
  private static final Comparator<WayOut> BEST_FIRST =
      Comparator.comparing(WayOut::recommended)
          .thenComparing(WayOut::applicable)
          .reversed()
          .thenComparing(WayOut::strategy);

  private WaysOutText() {}

  static void write(Page page, List<WayOut> ways) {
    if (ways.isEmpty()) {
      return;
    }
    page.heading("Ways out");
    var grid = new Grid(2);
    ways.stream()
        .sorted(BEST_FIRST)
        .forEach(
            way ->
                grid.row(
                    Phrase.of(Role.EMPHASIS, way.strategy().label()),
                    judgement(way),
                    Phrase.prose(way.reason())));
    page.grid(2, grid);
  }

  private static Phrase judgement(WayOut way) {
    if (way.recommended()) {
      return Phrase.of(Role.OK, "recommended");
    }
    return way.applicable() ? Phrase.of("possible") : Phrase.of(Role.DIM, "not possible");
  }
}
