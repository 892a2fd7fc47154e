package dev.stampguard.scenarios;

import dev.stampguard.diagnosis.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stampguard must say of a scenario.
 *
 * @param codes of all findings, sorted
 * @param lower heads of the true state's lower end; empty when no state matches
 * @param upper heads of its upper end; empty when no state matches
 * @param missing objects charged to revisions as missing, by revision, with {@code different} all
 *     there are; nothing is expected when both are empty
 * @param different objects charged to revisions as different, by revision
 * @param about all objects of the findings with a code, by code; nothing is expected of others
 */
record Expected(
    Verdict verdict,
    int exitCode,
    List<String> codes,
    Optional<List<String>> lower,
    Optional<List<String>> upper,
    Map<String, List<String>> missing,
    Map<String, List<String>> different,
    Map<String, List<String>> about) {

  /** Reads what is expected of somebody with this knowledge. */
  static Expected of(Properties properties, Knowledge knowledge) {
    var reader = new Reader(properties, knowledge.prefixes());
    return new Expected(
        Verdict.valueOf(reader.one("verdict").toUpperCase(Locale.ROOT)),
        Integer.parseInt(reader.one("exit")),
        list(reader.one("codes"), ","),
        heads(reader.one("lower")),
        heads(reader.one("upper")),
        reader.lists("missing."),
        reader.lists("different."),
        reader.lists("about."));
  }

  /** Whether the scenario says which revision owes which object. */
  boolean saysWhoOwesWhat() {
    return !missing.isEmpty() || !different.isEmpty();
  }

  /** All of it, one line each. */
  List<String> lines() {
    return Story.lines(
        this, verdict.label(), exitCode, codes, lower, upper, missing, different, about);
  }

  /** The words of a text, sorted. */
  static List<String> list(String text, String separator) {
    return Stream.of(text.split(separator))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .sorted()
        .toList();
  }

  private static Optional<List<String>> heads(String text) {
    return switch (text) {
      case "null" -> Optional.empty();
      case "base" -> Optional.of(List.of());
      default -> Optional.of(list(text, ","));
    };
  }

  private record Reader(Properties properties, List<String> prefixes) {
    String one(String key) {
      return prefixes.stream()
          .map(prefix -> properties.getProperty(prefix + key))
          .filter(Objects::nonNull)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("nothing says expected." + key));
    }

    Map<String, List<String>> lists(String group) {
      var lists = new TreeMap<String, List<String>>();
      for (String prefix : prefixes.reversed()) {
        String start = prefix + group;
        for (String key : properties.stringPropertyNames()) {
          if (key.startsWith(start)) {
            lists.put(key.substring(start.length()), list(properties.getProperty(key), ";"));
          }
        }
      }
      return lists;
    }
  }
}
