package dev.stampguard.service.recreate;

import dev.stampguard.catalog.QualifiedName;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a sequence is.
 *
 * @param name its name
 * @param last the last value it gave; empty when it gave none
 * @param isDescending whether it counts down
 * @param filled the column it fills; empty when nothing owns it
 */
record SequenceState(
    QualifiedName name, Optional<Long> last, boolean isDescending, Optional<Filled> filled) {
  SequenceState {
    Objects.requireNonNull(name);
    Objects.requireNonNull(last);
    Objects.requireNonNull(filled);
  }

  /**
   * A column that a sequence fills.
   *
   * @param table its table
   * @param column its name
   * @param isInteger whether its values are the sequence's own
   */
  record Filled(QualifiedName table, String column, boolean isInteger) {
    Filled {
      Objects.requireNonNull(table);
      Objects.requireNonNull(column);
    }

    private boolean isSame(Filled other) {
      return table.equals(other.table) && column.equals(other.column);
    }
  }

  /** Whether it is the other one in another database, maybe under another name. */
  boolean isSame(SequenceState other) {
    return filled
        .flatMap(mine -> other.filled.map(mine::isSame))
        .orElseGet(() -> name.equals(other.name));
  }

  /** The further one of both last values; empty when neither gave any. */
  Optional<Long> furthest(SequenceState other) {
    if (last.isEmpty() || other.last.isEmpty()) {
      return last.or(() -> other.last);
    }
    return Optional.of(
        isDescending
            ? Math.min(last.get(), other.last.get())
            : Math.max(last.get(), other.last.get()));
  }
}
