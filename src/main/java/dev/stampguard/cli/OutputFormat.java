package dev.stampguard.cli;

import java.util.Locale;

/** How a command prints its data. */
public enum OutputFormat {
  TEXT,
  JSON;

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
