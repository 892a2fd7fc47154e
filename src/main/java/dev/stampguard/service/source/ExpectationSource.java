package dev.stampguard.service.source;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.Inspection;
import java.util.List;

/** How it is known what each revision must leave behind. */
public sealed interface ExpectationSource
    permits LockSource, ReferenceSource, ReplaySource, SchemaSource, ScriptSource {
  /** How deep a database has to be read to be held against it. */
  CatalogDepth depth();

  /**
   * What must be in a database.
   *
   * @param seen the database: names that the scripts leave open are taken from it
   */
  Expectation expectation(Inspection seen);

  /** Scripts edited since their revisions were proven, oldest first. */
  List<ScriptEdit> edits();
}
