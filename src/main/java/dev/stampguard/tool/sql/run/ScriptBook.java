package dev.stampguard.tool.sql.run;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import java.util.List;
import java.util.Objects;

/** A project's scripts and its ledger. */
public interface ScriptBook {
  /**
   * The script of a revision, ready to run.
   *
   * @param place where it is going to run
   * @throws UnusableScriptException when the tool would not run it, or nothing but the tool can
   * @throws IllegalStateException when no script makes it
   */
  RunnableScript script(String revision, Place place) throws UnusableScriptException;

  /**
   * What the tool runs before the first revision of a run, ready to run. A replay begins with it; a
   * change of the target does not: what stands there has been run.
   *
   * @throws UnusableScriptException when the tool would not run one of them
   */
  default List<RunnableScript> first(Place place) throws UnusableScriptException {
    return List.of();
  }

  /** The place of a revision's script for messages, relative to the project. */
  String path(String revision);

  /** Reads the ledger. */
  LedgerReader reader();

  /** Writes the ledger. */
  LedgerWriting writing();

  /** SQL that makes an empty ledger, and whatever the tool keeps beside it. */
  String create(QualifiedName table);

  /** SQL that writes down that a revision ran; a failed try of it is forgotten. */
  String record(QualifiedName table, String revision);

  /**
   * Where a script runs.
   *
   * @param database what is connected to
   * @param ledger where the ledger is, or would be
   */
  record Place(Target database, QualifiedName ledger) {
    public Place {
      Objects.requireNonNull(database);
      Objects.requireNonNull(ledger);
    }
  }
}
