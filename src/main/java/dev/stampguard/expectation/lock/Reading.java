package dev.stampguard.expectation.lock;

import dev.stampguard.expectation.RevisionExpectation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How completely a revision was read. */
enum Reading {
  EXACT,
  /** Something it does could not be read. */
  PARTIAL,
  /** Nothing of it could be read. */
  UNREAD;

  static Reading of(Optional<RevisionExpectation> expectation) {
    return expectation.map(expected -> expected.exact() ? EXACT : PARTIAL).orElse(UNREAD);
  }

  /**
   * The reading a word in the file stands for.
   *
   * @throws BrokenLine when it stands for none
   */
  static Reading of(String word) {
    return Arrays.stream(values())
        .filter(reading -> reading.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new BrokenLine("has an unknown word `%s`".formatted(word)));
  }

  /** The word in the file. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
