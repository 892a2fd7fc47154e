package dev.stampguard.tool.liquibase;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which changesets are meant, by databases, contexts and labels.
 *
 * @param contexts those that a run names; none takes every changeset
 * @param labels those that a run names; none takes every changeset
 */
record Filter(Set<String> contexts, Set<String> labels) {
  private static final Set<String> OURS = Set.of("postgresql", "all");

  Filter {
    contexts = Set.copyOf(contexts);
    labels = Set.copyOf(labels);
  }

  static Filter of(List<String> contexts, List<String> labels) {
    return new Filter(lower(contexts), lower(labels));
  }

  private static Set<String> lower(List<String> names) {
    var lower = new TreeSet<String>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  /** Whether something for these databases is for PostgreSQL, too. */
  static boolean isOurs(Optional<String> dbms) {
    if (dbms.isEmpty()) {
      return true;
    }
    List<String> names =
        Arrays.stream(dbms.get().split(",")).map(String::strip).map(Filter::small).toList();
    if (names.contains("none") || names.contains("!postgresql")) {
      return false;
    }
    return names.stream().anyMatch(OURS::contains)
        || names.stream().allMatch(name -> name.startsWith("!"));
  }

  private static String small(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a changeset is meant.
   *
   * @param expressions its own contexts and those of all that includes it: each has to hold
   * @param own its own labels and those of all that includes it: one of them has to be named
   */
  boolean takes(List<String> expressions, List<String> own) {
    return (contexts.isEmpty() || expressions.stream().allMatch(each -> holds(each, contexts)))
        && (labels.isEmpty()
            || own.isEmpty()
            || own.stream()
                .flatMap(each -> Arrays.stream(each.split(",")))
                .map(String::strip)
                .map(Filter::small)
                .anyMatch(labels::contains));
  }

  /** Commas and {@code or} join alternatives of terms that {@code and} joins. */
  private static boolean holds(String expression, Set<String> named) {
    String plain = small(expression).replaceAll("[()]", " ");
    return Arrays.stream(plain.split(",|\\sor\\s"))
        .anyMatch(
            alternative ->
                Arrays.stream(alternative.split("\\sand\\s"))
                    .map(String::strip)
                    .filter(term -> !term.isEmpty())
                    .allMatch(term -> isNamed(term, named)));
  }

  private static boolean isNamed(String term, Set<String> named) {
    if (term.startsWith("!") || term.startsWith("not ")) {
      return !named.contains(term.replaceFirst("^(!|not )\\s*", ""));
    }
    return named.contains(term.startsWith("@") ? term.substring(1) : term);
  }
}
