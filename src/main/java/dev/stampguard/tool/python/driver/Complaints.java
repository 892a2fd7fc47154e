package dev.stampguard.tool.python.driver;

import java.util.Optional;

/** Keeps the last line of a text of any length. */
final class Complaints {
  private static final int LONGEST = 500;

  private String last = "";

  synchronized void add(String line) {
    if (!line.isBlank()) {
      last = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
  }

  synchronized Optional<String> last() {
    return last.isEmpty() ? Optional.empty() : Optional.of(last.strip());
  }
}
