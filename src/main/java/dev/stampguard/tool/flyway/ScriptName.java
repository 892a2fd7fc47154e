package dev.stampguard.tool.flyway;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the name of a script says, as Flyway's {@code ResourceNameParser} reads it.
 *
 * @param kind what it is
 * @param version its version; empty for a repeatable one
 * @param description with blanks for underscores
 */
record ScriptName(Kind kind, Optional<FlywayVersion> version, String description) {
  /** What a script is for. */
  enum Kind {
    VERSIONED,
    REPEATABLE,
    UNDO,
    BASELINE
  }

  private record Prefix(String text, Kind kind) {}

  /** A name that was read, or why Flyway skips it; both empty when it is no migration's at all. */
  record Read(Optional<ScriptName> name, Optional<String> objection) {
    private static final Read NOTHING = new Read(Optional.empty(), Optional.empty());

    private static Read objection(String message) {
      return new Read(Optional.empty(), Optional.of(message));
    }
  }

  static Read read(String file, Naming naming) {
    Optional<String> suffix =
        naming.suffixes().stream()
            .filter(end -> file.toUpperCase(Locale.ROOT).endsWith(end.toUpperCase(Locale.ROOT)))
            .findFirst();
    if (suffix.isEmpty()) {
      return Read.NOTHING;
    }
    String name = file.substring(0, file.length() - suffix.get().length());
    Optional<Prefix> prefix =
        Stream.of(
                new Prefix(naming.versioned(), Kind.VERSIONED),
                new Prefix(naming.repeatable(), Kind.REPEATABLE),
                new Prefix(naming.undo(), Kind.UNDO),
                new Prefix(naming.baseline(), Kind.BASELINE))
            .filter(known -> !known.text().isEmpty() && name.startsWith(known.text()))
            .max(Comparator.comparingInt(known -> known.text().length()));
    return prefix.map(found -> read(name, found, naming)).orElse(Read.NOTHING);
  }

  private static Read read(String name, Prefix prefix, Naming naming) {
    String rest = name.substring(prefix.text().length());
    int separator = rest.indexOf(naming.separator());
    String version = separator < 0 ? rest : rest.substring(0, separator);
    String description =
        separator < 0
            ? ""
            : rest.substring(separator + naming.separator().length()).replace('_', ' ');
    if (prefix.kind() == Kind.REPEATABLE) {
      if (separator < 0) {
        return Read.NOTHING;
      }
      return version.isEmpty()
          ? new Read(
              Optional.of(new ScriptName(Kind.REPEATABLE, Optional.empty(), description)),
              Optional.empty())
          : Read.objection(
              "a repeatable migration has no version, and this one has `%s`".formatted(version));
    }
    Optional<FlywayVersion> read = FlywayVersion.of(version);
    if (read.isPresent()) {
      return new Read(
          Optional.of(new ScriptName(prefix.kind(), read, description)), Optional.empty());
    }
    // A file that only begins with the same letter is none of Flyway's.
    return separator < 0
        ? Read.NOTHING
        : Read.objection(
            "`%s` is no version: Flyway skips this script without a word".formatted(version));
  }

  /** How scripts are named. */
  record Naming(
      String versioned,
      String repeatable,
      String undo,
      String baseline,
      String separator,
      List<String> suffixes) {
    Naming {
      suffixes = List.copyOf(suffixes);
    }
  }
}
