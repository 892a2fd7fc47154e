package dev.stampguard.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One statement that breaks a database.
 *
 * @param sql the statement
 * @param fails the SQLSTATE it must fail with; empty when it must succeed
 */
public record Damage(String sql, Optional<String> fails) {
  private static final Pattern FAILS =
      Pattern.compile("^-- fails with (\\w{5})$", Pattern.MULTILINE);

  /** Reads the statements of a file, which are separated by blank lines. */
  static List<Damage> parse(String text) {
    return Stream.of(text.split("\\n\\s*\\n"))
        .filter(sql -> !sql.isBlank())
        .map(Damage::of)
        .toList();
  }

  private static Damage of(String sql) {
    var fails = FAILS.matcher(sql);
    return new Damage(sql, fails.find() ? Optional.of(fails.group(1)) : Optional.empty());
  }
}
