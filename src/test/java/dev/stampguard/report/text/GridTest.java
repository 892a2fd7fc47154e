package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  private static List<String> lines(Grid grid, int width) {
    var palette = new Palette(false);
    return grid.lines(width).stream().flatMap(List::stream).map(palette::paint).toList();
  }

  private static Grid grid(String[]... rows) {
    var grid = new Grid(1);
    for (String[] row : rows) {
      grid.row(Phrase.of(row[0]), Phrase.of(row[1]), Phrase.of(row[2]));
    }
    return grid;
  }

  @Test
  void alignsColumnsAndLeavesNoBlanksBehind() {
    assertThat(lines(grid(new String[] {"a", "long", "x"}, new String[] {"bbb", "m", ""}), 80))
        .containsExactly("a    long  x", "bbb  m");
  }

  @Test
  void dropsAColumnThatIsEmpty() {
    assertThat(lines(grid(new String[] {"", "m", "x"}, new String[] {"", "mm", "y"}), 80))
        .containsExactly("m   x", "mm  y");
  }

  @Test
  void wrapsTheFlexibleColumnWhenLinesGetTooWide() {
    assertThat(
            lines(
                grid(
                    new String[] {"id", "twenty letters of message", "end"},
                    new String[] {"i2", "short", "end"}),
                27))
        .containsExactly(
            "id  twenty letters of   end", "    message", "i2  short               end");
  }

  @Test
  void alignsWideCharacters() {
    assertThat(lines(grid(new String[] {"日本", "m", ""}, new String[] {"abcd", "m", ""}), 80))
        .containsExactly("日本  m", "abcd  m");
  }

  @Test
  void isNothingWithoutRows() {
    assertThat(lines(grid(), 80)).isEmpty();
  }
}
