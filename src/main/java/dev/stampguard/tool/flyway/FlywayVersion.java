package dev.stampguard.tool.flyway;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version as Flyway orders them: part by part as numbers, of which missing ones are zero, so that
 * {@code 1}, {@code 01} and {@code 1.0} are the same.
 *
 * @param text as the schema history has it, for example {@code 1.2}
 * @param parts its numbers, without zeros at the end
 */
record FlywayVersion(String text, List<BigInteger> parts) implements Comparable<FlywayVersion> {
  private static final Pattern VERSION = Pattern.compile("\\d+([._]\\d+)*");

  /** Reads one; empty when Flyway would not take it. */
  static Optional<FlywayVersion> of(String written) {
    if (!VERSION.matcher(written).matches()) {
      return Optional.empty();
    }
    String text = written.replace('_', '.');
    var parts = new ArrayList<>(Arrays.stream(text.split("\\.")).map(BigInteger::new).toList());
    while (!parts.isEmpty() && parts.getLast().signum() == 0) {
      parts.removeLast();
    }
    return Optional.of(new FlywayVersion(text, List.copyOf(parts)));
  }

  boolean isSame(FlywayVersion other) {
    return parts.equals(other.parts);
  }

  @Override
  public int compareTo(FlywayVersion other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private BigInteger part(int i) {
    return i < parts.size() ? parts.get(i) : BigInteger.ZERO;
  }
}
