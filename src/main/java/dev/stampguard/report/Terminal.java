package dev.stampguard.report;

/**
 * What the reader of text output can see.
 *
 * @param color whether colours are wanted and shown
 * @param width columns to wrap at; anything narrower than {@link #MIN_WIDTH} is taken as that
 * @param unicode whether box-drawing characters and an ellipsis are shown; foreign names are
 *     printed as they are either way
 */
public record Terminal(boolean color, int width, boolean unicode) {
  /** Nothing aligned can be read in less. */
  public static final int MIN_WIDTH = 40;

  public Terminal {
    width = Math.max(width, MIN_WIDTH);
  }
}
