package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;

/** Says of a piece of a program that it is not understood. */
@FunctionalInterface
public interface Unread {
  /**
   * What is to be said.
   *
   * @param line 1-based line on which the piece begins
   * @param text the piece
   */
  SchemaOperation of(int line, String text);
}
