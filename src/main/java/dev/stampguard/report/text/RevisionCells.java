package dev.stampguard.report.text;

import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cells that a revision takes in a table: date, id, message with the marks of a head and of a
 * ledger row, state, and figures.
 *
 * @param heads the scripts' heads
 * @param rows the ledger's rows; empty when no database was asked
 */
record RevisionCells(List<String> heads, List<String> rows) {
  /** Index of the message, the cell that may be wrapped. */
  static final int MESSAGE = 2;

  Phrase[] of(Revision revision, Optional<RevisionDiagnosis> judged) {
    return new Phrase[] {
      Phrase.of(Role.DIM, RevisionDate.of(revision)),
      Phrase.of(Role.NAME, revision.id()),
      message(revision),
      judged
          .map(known -> Phrase.of(Role.of(known.state()), known.state().label()))
          .orElse(Phrase.of(Role.DIM, "unknown")),
      judged.map(RevisionCells::figures).orElse(Phrase.EMPTY)
    };
  }

  private Phrase message(Revision revision) {
    var marks = new ArrayList<String>();
    if (heads.contains(revision.id())) {
      marks.add("head");
    }
    if (rows.contains(revision.id())) {
      marks.add("ledger");
    }
    var message = Phrase.of(revision.message());
    if (marks.isEmpty()) {
      return message;
    }
    return message
        .plain(message.isEmpty() ? "" : " ")
        .with(Role.EMPHASIS, "(" + String.join(", ", marks) + ")");
  }

  private static Phrase figures(RevisionDiagnosis known) {
    var figures = new ArrayList<String>();
    int all = known.missing().size() + known.different().size() + known.present().size();
    if (known.recorded()) {
      addFigure(figures, known.missing().size(), all, "missing");
    } else {
      addFigure(figures, known.present().size(), all, "present");
    }
    addFigure(figures, known.different().size(), all, "different");
    if (!known.exact()) {
      figures.add("not fully readable");
    }
    return Phrase.of(String.join(", ", figures));
  }

  private static void addFigure(List<String> figures, int some, int all, String what) {
    if (some > 0) {
      figures.add(some + " of " + all + " " + what);
    }
  }
}
