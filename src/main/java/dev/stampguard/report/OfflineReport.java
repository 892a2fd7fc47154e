package dev.stampguard.report;

import dev.stampguard.diagnosis.Finding;
import dev.stampguard.tool.Revision;
import java.util.List;
import java.util.Objects;

/**
 * What {@code check --offline} says of scripts and lock file; no database was asked.
 *
 * @param toolName the migration tool, for example {@code alembic}
 * @param toolLocation its script directory, relative to the project
 * @param heads the scripts' heads, sorted
 * @param revisions every revision, oldest first
 * @param findings heaviest first, then by code
 */
public record OfflineReport(
    String toolName,
    String toolLocation,
    List<String> heads,
    List<Revision> revisions,
    List<Finding> findings)
    implements Report {
  public OfflineReport {
    Objects.requireNonNull(toolName);
    Objects.requireNonNull(toolLocation);
    heads = List.copyOf(heads);
    revisions = List.copyOf(revisions);
    findings = List.copyOf(findings);
  }
}
