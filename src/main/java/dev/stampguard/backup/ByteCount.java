package dev.stampguard.backup;

import java.util.List;
import java.util.Locale;

/**
 * A number of bytes, for a person.
 *
 * @param bytes not negative
 */
public record ByteCount(long bytes) {
  private static final int STEP = 1000;
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB");

  /** With one digit after the point and the unit that fits, for example {@code 12.3 MB}. */
  @Override
  public String toString() {
    if (bytes < STEP) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    double value = bytes;
    int unit = -1;
    // What rounds to 1000 of a unit is one of the next.
    while (value >= STEP - 0.05 && unit + 1 < UNITS.size()) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }
}
