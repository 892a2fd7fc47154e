package dev.stampguard.config;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A key of {@code stampguard.properties}, for help.
 *
 * @param key as the file spells it, for example {@code fail-on}
 * @param variable the environment variable of the same meaning
 * @param meaning what it sets, in a few words
 */
public record KnownSetting(String key, String variable, String meaning) {
  public KnownSetting {
    Objects.requireNonNull(key);
    Objects.requireNonNull(variable);
    Objects.requireNonNull(meaning);
  }

  /** What the name of every variable begins with. */
  public static final String VARIABLE_PREFIX = Key.VARIABLE_PREFIX;

  /** All there are. */
  public static List<KnownSetting> all() {
    return Arrays.stream(Key.values())
        .map(key -> new KnownSetting(key.label(), key.variable(), key.meaning()))
        .toList();
  }
}
