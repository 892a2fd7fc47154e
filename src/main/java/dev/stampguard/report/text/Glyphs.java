package dev.stampguard.report.text;

import dev.stampguard.report.Terminal;

/** The few signs that are not letters, with what stands for them where only ASCII is shown. */
enum Glyphs {
  UNICODE("…", '●', '○', '│', '─', '├', '┬', '╮', '┴', '╯'),
  ASCII("...", '*', 'o', '|', '-', '|', '.', '.', '\'', '\'');

  private final String ellipsis;
  private final char recorded;
  private final char unrecorded;
  private final char lane;
  private final char bar;
  private final char tee;
  private final char opensBetween;
  private final char opensLast;
  private final char closesBetween;
  private final char closesLast;

  Glyphs(
      String ellipsis,
      char recorded,
      char unrecorded,
      char lane,
      char bar,
      char tee,
      char opensBetween,
      char opensLast,
      char closesBetween,
      char closesLast) {
    this.ellipsis = ellipsis;
    this.recorded = recorded;
    this.unrecorded = unrecorded;
    this.lane = lane;
    this.bar = bar;
    this.tee = tee;
    this.opensBetween = opensBetween;
    this.opensLast = opensLast;
    this.closesBetween = closesBetween;
    this.closesLast = closesLast;
  }

  static Glyphs of(Terminal terminal) {
    return terminal.unicode() ? UNICODE : ASCII;
  }

  String ellipsis() {
    return ellipsis;
  }

  /** The node of a revision. */
  char node(boolean isRecorded) {
    return isRecorded ? recorded : unrecorded;
  }

  /** A line that goes down. */
  char lane() {
    return lane;
  }

  /** A line that goes right. */
  char bar() {
    return bar;
  }

  /** A line going down from which one goes right. */
  char tee() {
    return tee;
  }

  /** Where a line from the left turns down; {@code last} when it does not go on to the right. */
  char opens(boolean last) {
    return last ? opensLast : opensBetween;
  }

  /** Where a line from above turns left; {@code last} when nothing comes from further right. */
  char closes(boolean last) {
    return last ? closesLast : closesBetween;
  }
}
