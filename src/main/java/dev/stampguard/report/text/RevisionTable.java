package dev.stampguard.report.text;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Every revision with its state. In a long history, runs of revisions in one state are cut down to
 * their ends: what a reader looks for is where the state changes.
 */
final class RevisionTable {
  private static final int LONGEST_WHOLE_RUN = 3;

  private RevisionTable() {}

  static void write(Page page, Diagnosis diagnosis) {
    var cells = new RevisionCells(diagnosis.heads(), diagnosis.ledger().claimed());
    var grid = new Grid(RevisionCells.MESSAGE);
    var hiddenAfter = new HashMap<Integer, String>();
    int row = 0;
    for (List<RevisionDiagnosis> run : runs(diagnosis.revisions())) {
      boolean cut = diagnosis.revisions().size() > Page.FOLD && run.size() > LONGEST_WHOLE_RUN;
      if (cut) {
        hiddenAfter.put(row, run.size() - 2 + " more " + run.getFirst().state().label());
      }
      for (RevisionDiagnosis shown : cut ? List.of(run.getFirst(), run.getLast()) : run) {
        grid.row(cells.of(shown.revision(), Optional.of(shown)));
        row++;
      }
    }
    List<List<Phrase>> rows = grid.lines(page.width() - 2);
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).forEach(line -> page.line(2, line));
      if (hiddenAfter.containsKey(i)) {
        page.line(2, page.more(hiddenAfter.get(i)));
      }
    }
  }

  private static List<List<RevisionDiagnosis>> runs(List<RevisionDiagnosis> revisions) {
    var runs = new ArrayList<List<RevisionDiagnosis>>();
    for (RevisionDiagnosis revision : revisions) {
      if (runs.isEmpty() || runs.getLast().getLast().state() != revision.state()) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(revision);
    }
    return runs;
  }
}
