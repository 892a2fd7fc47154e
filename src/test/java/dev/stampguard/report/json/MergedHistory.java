package dev.stampguard.report.json;

import dev.stampguard.expectation.Expectation;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two branches that meet, the parents named in no order, one of them by no script. */
final class MergedHistory {
  private MergedHistory() {}

  static HistoryReport report() {
    var graph =
        RevisionGraph.of(
            List.of(
                revision("z_older", "2025-01-01"),
                revision("a_younger", "2025-01-02"),
                revision("merge", "2025-01-03", "undefined", "a_younger", "z_older")),
            List.of());
    var expectation = new Expectation(Expectation.Source.SCRIPTS, Map.of(), List.of(), Map.of());
    return HistoryReport.offline("alembic", "migrations", graph, expectation, false);
  }

  private static Revision revision(String id, String created, String... parents) {
    return new Revision(
        id, "", id + ".py", 1, List.of(parents), List.of(), List.of(), Optional.of(created));
  }
}
