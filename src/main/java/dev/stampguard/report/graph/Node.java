package dev.stampguard.report.graph;

import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.text.Printable;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A revision to draw.
 *
 * @param name what edges call it; foreign ids would need escaping everywhere
 * @param lines its label, one piece a line, safe to show
 * @param state what is true of it; empty when no database was asked
 * @param parents names of the nodes it continues
 * @param needs names of the nodes it only depends on
 */
record Node(
    String name,
    List<String> lines,
    Optional<RevisionState> state,
    List<String> parents,
    List<String> needs) {

  /** Every revision of the report, oldest first. */
  static List<Node> of(HistoryReport report) {
    Map<String, String> names = new HashMap<>();
    for (HistoryReport.Entry entry : report.entries()) {
      names.put(entry.revision().id(), "r" + (names.size() + 1));
    }
    return report.entries().stream().map(entry -> of(report, entry, names)).toList();
  }

  private static Node of(
      HistoryReport report, HistoryReport.Entry entry, Map<String, String> names) {
    Revision revision = entry.revision();
    var lines = new ArrayList<String>();
    lines.add(revision.id());
    lines.add(revision.message());
    lines.add(entry.judged().map(judged -> judged.state().label()).orElse(""));
    lines.add(marks(report, revision.id()));
    return new Node(
        names.get(revision.id()),
        lines.stream().filter(line -> !line.isEmpty()).map(Printable::escape).toList(),
        entry.judged().map(RevisionDiagnosis::state),
        known(revision.parents(), names),
        known(
            revision.dependsOn().stream().filter(id -> !revision.parents().contains(id)).toList(),
            names));
  }

  private static List<String> known(List<String> ids, Map<String, String> names) {
    return ids.stream().filter(names::containsKey).distinct().map(names::get).toList();
  }

  private static String marks(HistoryReport report, String id) {
    var marks = new ArrayList<String>();
    if (report.heads().contains(id)) {
      marks.add("head");
    }
    if (report.ledger().map(Ledger::rows).orElse(List.of()).contains(id)) {
      marks.add("ledger");
    }
    return String.join(", ", marks);
  }
}
