package dev.stampguard.tool.ledger;

import java.util.Objects;

/**
 * What a row says of a revision. Of several rows about one revision the last one that says anything
 * counts.
 *
 * @param revision its id, as the scripts have it where one fits
 */
public record Said(String revision, Kind kind) {
  public Said {
    Objects.requireNonNull(revision);
    Objects.requireNonNull(kind);
  }

  /** What can be said. */
  public enum Kind {
    /** It ran. */
    APPLIED,
    /** Running it failed, or did not come to an end. */
    FAILED,
    /** It ran, but another script than the one that is there now. */
    EDITED,
    /** It was taken back. */
    REVOKED,
    /** Nothing that counts now. */
    NOTHING
  }
}
