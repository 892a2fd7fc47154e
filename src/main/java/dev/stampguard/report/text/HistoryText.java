package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The history, oldest first: one line per revision that is never wrapped, so that it can be piped;
 * below it what the revision creates, or beside it the branches drawn.
 */
final class HistoryText {
  private HistoryText() {}

  static void write(Page page, HistoryReport report) {
    List<Phrase> lines = lines(report);
    if (report.drawn()) {
      drawn(page, report, lines);
    } else {
      for (int i = 0; i < lines.size(); i++) {
        page.line(0, lines.get(i));
        creates(page, report.entries().get(i).creates());
      }
    }
  }

  private static List<Phrase> lines(HistoryReport report) {
    var cells =
        new RevisionCells(report.heads(), report.ledger().map(Ledger::claimed).orElse(List.of()));
    var grid = new Grid(RevisionCells.MESSAGE);
    report.entries().forEach(entry -> grid.row(cells.of(entry.revision(), entry.judged())));
    return grid.lines(Integer.MAX_VALUE).stream().map(List::getFirst).toList();
  }

  private static void creates(Page page, List<ObjectName> creates) {
    if (!creates.isEmpty()) {
      String names = creates.stream().map(HistoryText::shortName).collect(Collectors.joining(", "));
      Wrapper.wrap(Phrase.of(Role.DIM, "creates " + names), page.width() - 4)
          .forEach(line -> page.line(4, line));
    }
  }

  /** Without the kind where it is a table and without the schema where it is the usual one. */
  private static String shortName(ObjectName object) {
    String name =
        object.parts().getFirst().equals("public") && object.parts().size() == 2
            ? object.qualified().substring("public.".length())
            : object.qualified();
    return switch (object.kind()) {
      case TABLE -> name;
      case SCHEMA,
          EXTENSION,
          TYPE,
          SEQUENCE,
          COLUMN,
          CONSTRAINT,
          INDEX,
          VIEW,
          MATERIALIZED_VIEW,
          FUNCTION,
          TRIGGER,
          POLICY ->
          object.kind().label() + " " + name;
    };
  }

  private static void drawn(Page page, HistoryReport report, List<Phrase> lines) {
    var unrecorded = new HashSet<String>();
    for (HistoryReport.Entry entry : report.entries()) {
      if (entry.judged().filter(known -> !known.recorded()).isPresent()) {
        unrecorded.add(entry.revision().id());
      }
    }
    List<Revision> revisions =
        report.entries().stream().map(HistoryReport.Entry::revision).toList();
    List<GraphDrawing.Row> rows =
        GraphDrawing.of(revisions, revision -> !unrecorded.contains(revision.id()), page.glyphs());
    int width = rows.stream().mapToInt(row -> row.lanes().length()).max().orElse(0);
    int next = 0;
    for (GraphDrawing.Row row : rows) {
      var drawing = Phrase.of(row.lanes());
      if (row.revision().isEmpty()) {
        page.line(0, drawing);
      } else {
        String gap = " ".repeat(width - row.lanes().length() + 2);
        page.line(0, drawing.plain(gap).then(lines.get(next)));
        next++;
      }
    }
  }
}
