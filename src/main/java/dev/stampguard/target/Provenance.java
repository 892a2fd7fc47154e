package dev.stampguard.target;

import java.util.Objects;

/** Where characters of a setting's value come from. */
public sealed interface Provenance {
  /**
   * An assignment in a file that can be edited.
   *
   * @param key what it sets
   * @param line the line of the key, counted from 1
   * @param start index in the file's text where the value begins, inside its quotes
   * @param end index after the value's last character, inside its quotes
   * @param quoting how characters are written there
   */
  record Assignment(String key, int line, int start, int end, Quoting quoting)
      implements Provenance {
    public Assignment {
      Objects.requireNonNull(key);
      Objects.requireNonNull(quoting);
    }
  }

  /**
   * Somewhere no file reaches.
   *
   * @param where for messages, for example {@code environment DATABASE_URL}
   */
  record Elsewhere(String where) implements Provenance {
    public Elsewhere {
      Objects.requireNonNull(where);
    }
  }
}
