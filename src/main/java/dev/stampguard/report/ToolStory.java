package dev.stampguard.report;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.repair.WayOut;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one of several migration tools says about a database.
 *
 * @param name the tool, for example {@code flyway}
 * @param location its script directory, relative to the project
 * @param diagnosis the judgement by its scripts and its ledger
 * @param ways the ways out; empty when nobody asked for them
 */
public record ToolStory(
    String name, String location, Diagnosis diagnosis, Optional<List<WayOut>> ways) {
  public ToolStory {
    Objects.requireNonNull(name);
    Objects.requireNonNull(location);
    Objects.requireNonNull(diagnosis);
    ways = ways.map(List::copyOf);
  }
}
