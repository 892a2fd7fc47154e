package dev.stampguard.tool.flyway.replay;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a project's migrations.
 *
 * @param scripts what they are, and how they are written down
 * @param settings how Flyway reads them
 * @param ledger where the schema history is
 * @param limit how long one revision may take
 */
public record FlywayRun(
    ScriptBook scripts, EngineSettings settings, LedgerLocation ledger, Duration limit) {
  public FlywayRun {
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(limit);
  }

  /** The project's scripts and its schema history. */
  public interface ScriptBook {
    /** The script of a revision; empty when there is none. */
    Optional<RunnableScript> script(String revision);

    /** Reads the schema history. */
    LedgerReader reader();

    /** Writes the schema history. */
    LedgerWriting writing();

    /** SQL that makes an empty schema history. */
    String create(QualifiedName table);

    /** SQL that writes down that a revision ran; a failed try of it is forgotten. */
    String record(QualifiedName table, String revision);
  }

  /**
   * Flyway's settings.
   *
   * @param schemas are made where they are missing; the first one comes first on the search path
   * @param isMixed whether statements that need a transaction and such that cannot bear one may be
   *     mixed
   */
  public record EngineSettings(
      List<String> schemas,
      boolean createsSchemas,
      boolean isMixed,
      boolean replacesPlaceholders,
      String placeholderPrefix,
      String placeholderSuffix,
      Map<String, String> placeholders) {
    public EngineSettings {
      schemas = List.copyOf(schemas);
      Objects.requireNonNull(placeholderPrefix);
      Objects.requireNonNull(placeholderSuffix);
      placeholders = Map.copyOf(placeholders);
    }
  }
}
