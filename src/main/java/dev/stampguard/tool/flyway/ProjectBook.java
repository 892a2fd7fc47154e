package dev.stampguard.tool.flyway;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.flyway.replay.FlywayRun.ScriptBook;
import dev.stampguard.tool.flyway.replay.RunnableScript;
import java.util.Optional;

/** A project's scripts, for whoever runs them. */
record ProjectBook(FlywayProject project, SchemaHistory history) implements ScriptBook {
  @Override
  public Optional<RunnableScript> script(String revision) {
    return history
        .script(revision)
        .map(script -> new RunnableScript(script.file(), script.path(), script.text()));
  }

  @Override
  public LedgerReader reader() {
    return project.ledger();
  }

  @Override
  public LedgerWriting writing() {
    return new HistoryWriting(history);
  }

  @Override
  public String create(QualifiedName table) {
    return HistoryWriting.create(table);
  }

  @Override
  public String record(QualifiedName table, String revision) {
    return new HistoryWriting(history).record(table, history.script(revision).orElseThrow());
  }
}
