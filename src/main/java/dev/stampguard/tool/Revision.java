package dev.stampguard.tool;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One migration script's place in the history.
 *
 * @param id the tool's own identifier, exactly as the ledger would record it
 * @param message the script's one-line description; may be empty
 * @param file the script's path relative to the project, with forward slashes
 * @param line the 1-based line that declares the revision
 * @param parents ids this revision continues; empty for a root
 * @param dependsOn ids that must be applied first without being parents (Alembic's depends_on)
 * @param labels branch labels
 * @param created the create date as the script writes it, when it says one
 */
public record Revision(
    String id,
    String message,
    String file,
    int line,
    List<String> parents,
    List<String> dependsOn,
    List<String> labels,
    Optional<String> created) {
  /** The label of a script that runs again whenever it changes, after all others. */
  public static final String REPEATABLE = "(repeatable)";

  /**
   * What the label begins with that says of which of several histories it is, side by side: each
   * has a head of its own.
   */
  public static final String STRAND = "(strand) ";

  public Revision {
    Objects.requireNonNull(id);
    Objects.requireNonNull(message);
    Objects.requireNonNull(file);
    parents = List.copyOf(parents);
    dependsOn = List.copyOf(dependsOn);
    labels = List.copyOf(labels);
    Objects.requireNonNull(created);
  }

  /** Which of several histories it belongs to; empty where there is only one. */
  public String strand() {
    return labels.stream()
        .filter(label -> label.startsWith(STRAND))
        .findFirst()
        .map(label -> label.substring(STRAND.length()))
        .orElse("");
  }

  /**
   * Whether its script runs again whenever it changes; it comes after all others and is no head.
   */
  public boolean isRepeatable() {
    return labels.contains(REPEATABLE);
  }
}
