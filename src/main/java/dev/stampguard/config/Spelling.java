package dev.stampguard.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a misspelt word most probably means. */
public final class Spelling {
  private static final int LETTERS_PER_MISTAKE = 3;

  private Spelling() {}

  /**
   * The known word that is nearest; empty when all are so far that it would be a guess.
   *
   * @param word what was typed; upper and lower case count as the same
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String typed = word.toLowerCase(Locale.ROOT);
    int mistakes = Math.max(2, (typed.length() + 1) / LETTERS_PER_MISTAKE);
    return known.stream()
        .filter(candidate -> distance(typed, candidate) <= mistakes)
        .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
  }

  private static int distance(String typed, String candidate) {
    return EditDistance.between(typed, candidate.toLowerCase(Locale.ROOT));
  }
}
