package dev.stampguard.report.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of cells under one another; one column gives way when the lines get too wide. */
final class Grid {
  private static final int GAP = 2;

  /** Narrower than this a column of words is harder to read than a line that is too long. */
  private static final int LEAST_WIDTH = 16;

  private final int flexible;
  private final List<List<Phrase>> rows = new ArrayList<>();

  /**
   * @param flexible index of the column whose cells may be wrapped
   */
  Grid(int flexible) {
    this.flexible = flexible;
  }

  /** Adds a row; every row has the same number of cells. */
  Grid row(Phrase... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /**
   * The lines of each row.
   *
   * @param width columns there are
   */
  List<List<Phrase>> lines(int width) {
    if (rows.isEmpty()) {
      return List.of();
    }
    int[] widths = widths(width);
    return rows.stream().map(row -> lines(row, widths)).toList();
  }

  private int[] widths(int width) {
    var widths = new int[rows.getFirst().size()];
    int total = -GAP;
    for (int column = 0; column < widths.length; column++) {
      for (List<Phrase> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).width());
      }
      total += widths[column] == 0 ? 0 : widths[column] + GAP;
    }
    if (total > width) {
      int natural = widths[flexible];
      widths[flexible] =
          Math.clamp(natural - (total - width), Math.min(LEAST_WIDTH, natural), natural);
    }
    return widths;
  }

  private List<Phrase> lines(List<Phrase> row, int[] widths) {
    List<Phrase> wrapped = Wrapper.wrap(row.get(flexible), widths[flexible]);
    var lines = new ArrayList<Phrase>();
    for (int i = 0; i < wrapped.size(); i++) {
      var cells = new ArrayList<>(i == 0 ? row : Collections.nCopies(row.size(), Phrase.EMPTY));
      cells.set(flexible, wrapped.get(i));
      lines.add(line(cells, widths));
    }
    return lines;
  }

  private static Phrase line(List<Phrase> cells, int[] widths) {
    var line = Phrase.EMPTY;
    int owed = 0;
    for (int column = 0; column < widths.length; column++) {
      Phrase cell = cells.get(column);
      if (!cell.isEmpty()) {
        line = line.plain(" ".repeat(owed)).then(cell);
        owed = 0;
      }
      if (widths[column] > 0) {
        owed += Math.max(0, widths[column] - cell.width()) + GAP;
      }
    }
    return line;
  }
}
