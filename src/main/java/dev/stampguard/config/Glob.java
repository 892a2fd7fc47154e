package dev.stampguard.config;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A pattern over a whole name: {@code *} stands for any characters, dots included, {@code ?} for
 * one, everything else for itself.
 */
public final class Glob {
  private final String text;
  private final Pattern pattern;

  /**
   * @param text the pattern as a person writes it
   */
  public Glob(String text) {
    this.text = Objects.requireNonNull(text);
    var regex = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Whether the whole name fits. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && text.equals(glob.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
