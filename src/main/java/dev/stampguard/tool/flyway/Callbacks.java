package dev.stampguard.tool.flyway;

import dev.stampguard.tool.flyway.replay.FlywayScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scripts that Flyway runs around migrations, by the event that their name begins with. Of the
 * events those are known that migrations can depend on; what {@code afterMigrate} makes belongs to
 * no migration.
 */
final class Callbacks {
  /** When a script runs. */
  enum Event {
    /** After a schema of the settings was made. */
    CREATE_SCHEMA("createSchema"),
    /** Once, before the first migration of a run. */
    BEFORE_MIGRATE("beforeMigrate"),
    /** In the transaction of each migration. */
    BEFORE_EACH_MIGRATE("beforeEachMigrate"),
    /** In the transaction of each migration. */
    AFTER_EACH_MIGRATE("afterEachMigrate");

    private final String id;

    Event(String id) {
      this.id = id;
    }

    /**
     * The event of a script's name, which a description may follow.
     *
     * @param file with its suffix
     */
    static Optional<Event> of(String file, ScriptName.Naming naming) {
      return naming.suffixes().stream()
          .filter(file::endsWith)
          .map(suffix -> file.substring(0, file.length() - suffix.length()))
          .flatMap(
              name ->
                  Arrays.stream(values())
                      .filter(
                          event ->
                              name.equals(event.id)
                                  || name.startsWith(event.id + naming.separator())))
          .findFirst();
    }
  }

  private final Map<Event, List<FlywayScript>> scripts = new EnumMap<>(Event.class);

  void add(Event event, FlywayScript script) {
    scripts.computeIfAbsent(event, unseen -> new ArrayList<>()).add(script);
  }

  /** Those of an event, in the order in which Flyway runs them: by name. */
  List<FlywayScript> of(Event event) {
    return scripts.getOrDefault(event, List.of()).stream()
        .sorted(Comparator.comparing(script -> script.file().getFileName().toString()))
        .toList();
  }
}
