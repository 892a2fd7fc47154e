package dev.stampguard.tool.sql.run;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.time.Duration;
import java.util.Objects;

/**
 * How to run a project's migrations.
 *
 * @param title what people call the tool, at the beginning of a sentence
 * @param scripts what they are, and how they are written down
 * @param around what the tool does before them
 * @param ledger where the ledger is
 * @param limit how long one revision may take
 */
public record SqlRun(
    String title, ScriptBook scripts, Surroundings around, LedgerLocation ledger, Duration limit) {
  public SqlRun {
    Objects.requireNonNull(title);
    Objects.requireNonNull(scripts);
    Objects.requireNonNull(around);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(limit);
  }

  /** As {@link dev.stampguard.tool.MigrationProject#isOutsideTransaction}. */
  public boolean isOutsideTransaction(String revision, Target database, QualifiedName table) {
    try {
      return !scripts.script(revision, new ScriptBook.Place(database, table)).canJoin();
    } catch (UnusableScriptException e) {
      return false; // Nothing runs it at all.
    }
  }
}
