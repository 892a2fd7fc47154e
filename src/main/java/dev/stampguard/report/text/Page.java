package dev.stampguard.report.text;

import dev.stampguard.report.Terminal;
import java.util.List;
import java.util.function.Function;

/** Collects the lines of one text output, wrapped to the terminal. */
final class Page {
  /** Lists longer than this are cut; JSON never is. */
  static final int FOLD = 40;

  private final Terminal terminal;
  private final Palette palette;
  private final StringBuilder text = new StringBuilder();

  Page(Terminal terminal) {
    this.terminal = terminal;
    this.palette = new Palette(terminal.color());
  }

  Glyphs glyphs() {
    return Glyphs.of(terminal);
  }

  int width() {
    return terminal.width();
  }

  void blank() {
    text.append('\n');
  }

  /** A line that is not wrapped. */
  void line(int indent, Phrase phrase) {
    if (!phrase.isEmpty()) {
      text.append(" ".repeat(indent)).append(palette.paint(phrase));
    }
    blank();
  }

  /** Text wrapped between {@code indent} and the terminal's width. */
  void paragraph(int indent, Phrase phrase) {
    Wrapper.wrap(phrase, width() - indent).forEach(line -> line(indent, line));
  }

  /** A new section. */
  void heading(String title) {
    heading(Phrase.of(Role.EMPHASIS, title));
  }

  /** A new section whose title is wrapped where it has to be. */
  void heading(Phrase title) {
    blank();
    paragraph(0, title);
  }

  void grid(int indent, Grid grid) {
    grid.lines(width() - indent).forEach(row -> row.forEach(line -> line(indent, line)));
  }

  /** One line per item, the list cut where it gets too long for a person. */
  <T> void list(int indent, List<T> items, Function<T, Phrase> words) {
    int shown = items.size() <= FOLD ? items.size() : FOLD;
    items.subList(0, shown).forEach(item -> line(indent, words.apply(item)));
    if (shown < items.size()) {
      line(indent, more(items.size() - shown));
    }
  }

  /** What stands for {@code hidden} items that are not shown. */
  Phrase more(int hidden) {
    return more(hidden + " more");
  }

  /** What stands for items that are not shown, their number and kind in {@code words}. */
  Phrase more(String words) {
    return Phrase.of(
        Role.DIM, "%s and %s (--output json lists all)".formatted(glyphs().ellipsis(), words));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
