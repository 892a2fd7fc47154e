package dev.stampguard.service;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.RevisionGraph;
import java.time.Duration;
import java.util.Objects;

/**
 * A diagnosis with what it was made from.
 *
 * @param diagnosis the judgement
 * @param graph what the scripts say
 * @param expectation what each revision must leave behind
 * @param source how that is known
 * @param seen what was looked at
 * @param serverVersion as the server prints it
 * @param took how long connecting and reading took: a measure of how patient to be with siblings
 */
public record Examination(
    Diagnosis diagnosis,
    RevisionGraph graph,
    Expectation expectation,
    ExpectationSource source,
    Inspection seen,
    String serverVersion,
    Duration took) {
  public Examination {
    Objects.requireNonNull(diagnosis);
    Objects.requireNonNull(graph);
    Objects.requireNonNull(expectation);
    Objects.requireNonNull(source);
    Objects.requireNonNull(seen);
    Objects.requireNonNull(serverVersion);
    Objects.requireNonNull(took);
  }

  /** The same look, judged otherwise. */
  public Examination with(Diagnosis other) {
    return new Examination(other, graph, expectation, source, seen, serverVersion, took);
  }
}
