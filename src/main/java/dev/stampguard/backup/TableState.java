package dev.stampguard.backup;

import java.util.Objects;

/**
 * What tells a table of one moment from the same table of another.
 *
 * @param rows how many rows it has of its own, those of partitions and heirs left out
 * @param digest of its definition and of everything inside it; empty when it is not known
 */
public record TableState(long rows, String digest) {
  public TableState {
    Objects.requireNonNull(digest);
  }
}
