package dev.stampguard.tool.flyway;

import dev.stampguard.tool.LedgerFormat.Recorded;
import dev.stampguard.tool.LedgerMarks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Says what rows of a schema history mean, given the scripts. */
final class SchemaHistory {
  private final List<MigrationScript> found;
  private final Map<String, MigrationScript> byId;
  private final FlywaySettings settings;
  private final Predicate<String> classes;

  /**
   * @param found every script, undo and baseline scripts included
   * @param byId those that are revisions, in Flyway's order
   * @param classes whether the project's sources have a class of this name, wherever it is
   */
  SchemaHistory(
      List<MigrationScript> found,
      Map<String, MigrationScript> byId,
      FlywaySettings settings,
      Predicate<String> classes) {
    this.found = List.copyOf(found);
    this.byId = new LinkedHashMap<>(byId);
    this.settings = settings;
    this.classes = classes;
  }

  Optional<MigrationScript> script(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Collection<MigrationScript> scripts() {
    return byId.values();
  }

  Recorded read(List<List<String>> rows) {
    var standing = new LinkedHashMap<String, HistoryRow>();
    Optional<FlywayVersion> baseline = Optional.empty();
    for (List<String> columns : rows) {
      var row = new HistoryRow(columns);
      if (row.isTechnical()) {
        continue;
      }
      String id = id(row);
      if (row.isRevocation()) {
        standing.remove(id);
      } else if (row.isBaseline()) {
        baseline = row.version();
        if (byId.containsKey(id)) {
          standing.put(id, row);
        }
      } else {
        standing.put(id, row);
      }
    }
    return read(rows, standing, baseline);
  }

  private Recorded read(
      List<List<String>> rows, Map<String, HistoryRow> standing, Optional<FlywayVersion> baseline) {
    var recorded = new TreeSet<String>();
    var failed = new TreeSet<String>();
    var edited = new TreeSet<String>();
    var outdated = new TreeSet<String>();
    var versions = new TreeMap<FlywayVersion, String>();
    baseline.ifPresent(
        up ->
            byId.values().stream()
                .filter(script -> isUpTo(script, up))
                .forEach(
                    script -> {
                      recorded.add(script.id());
                      versions.put(script.version(), script.id());
                    }));
    standing.forEach(
        (id, row) -> {
          Optional<MigrationScript> script = script(id);
          if (script.isEmpty() && (isPassedOver(row) || isOfTheApplication(row))) {
            row.version().ifPresent(version -> versions.put(version, id));
            return;
          }
          boolean isOther = script.filter(known -> isOther(known, row)).isPresent();
          if (isOther && script.get().isRepeatable() && row.isSuccess()) {
            outdated.add(id);
            return;
          }
          recorded.add(id);
          row.version().ifPresent(version -> versions.put(version, id));
          if (!row.isSuccess()) {
            failed.add(id);
          } else if (isOther) {
            edited.add(id);
          }
        });
    List<String> heads =
        versions.isEmpty() ? recorded.stream().toList() : List.of(versions.lastEntry().getValue());
    return new Recorded(
        List.copyOf(recorded),
        Optional.of(
            new LedgerMarks(heads, failed, edited, outdated, late(recorded, versions), rows)));
  }

  /** Whether the project said that a row without a script is none of its concern. */
  private boolean isPassedOver(HistoryRow row) {
    boolean isFuture =
        row.version().isPresent()
            && byId.values().stream()
                .filter(script -> !script.isRepeatable())
                .allMatch(script -> script.version().compareTo(row.version().get()) < 0);
    return settings.ignores(row.version().isEmpty(), isFuture ? "future" : "missing");
  }

  /** Whether a class ran that the application has and hands to Flyway by itself. */
  private boolean isOfTheApplication(HistoryRow row) {
    return row.isClass() && classes.test(row.script());
  }

  /** Versions that Flyway ignores, because it was past them when they came. */
  private Set<String> late(Set<String> recorded, NavigableMap<FlywayVersion, String> versions) {
    var late = new TreeSet<String>();
    if (settings.isOutOfOrder() || settings.ignores(false, "ignored") || versions.isEmpty()) {
      return late;
    }
    byId.values().stream()
        .filter(script -> !script.isRepeatable() && !recorded.contains(script.id()))
        .filter(script -> script.version().compareTo(versions.lastKey()) < 0)
        .forEach(script -> late.add(script.id()));
    return late;
  }

  /** What Flyway's own validation compares. */
  private static boolean isOther(MigrationScript script, HistoryRow row) {
    if (row.isMark()) {
      return false;
    }
    return !script.description().equals(row.description())
        || (row.checksum().isPresent()
            && !script.checksums().isEmpty()
            && !script.checksums().contains(row.checksum().get()));
  }

  static boolean isUpTo(MigrationScript script, FlywayVersion version) {
    return !script.isRepeatable() && script.version().compareTo(version) <= 0;
  }

  /** The id of the revision that a row is about; where no script fits, what one would have. */
  String id(HistoryRow row) {
    if (row.version().isPresent()) {
      FlywayVersion version = row.version().get();
      return byId.values().stream()
          .filter(script -> !script.isRepeatable() && script.version().isSame(version))
          .map(MigrationScript::id)
          .findFirst()
          .orElse(version.text());
    }
    return byId.values().stream()
        .filter(MigrationScript::isRepeatable)
        .filter(script -> script.description().equals(row.description()))
        .map(MigrationScript::id)
        .findFirst()
        .orElse(
            settings.naming().repeatable()
                + settings.naming().separator()
                + row.description().replace(' ', '_'));
  }

  /** Whether the project has a baseline script of this version that stands for a revision. */
  boolean hasScriptOf(FlywayVersion version) {
    return found.stream()
        .anyMatch(script -> script.name().version().filter(version::isSame).isPresent());
  }
}
