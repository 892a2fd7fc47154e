package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.util.List;
import java.util.Optional;

/** A project's migrations, for whoever runs them. */
record FileBook(
    SqlFileTool tool, List<MigrationFile> migrations, LedgerBook ledger, LedgerReader reader)
    implements ScriptBook {
  FileBook {
    migrations = List.copyOf(migrations);
  }

  private Optional<MigrationFile> find(String revision) {
    return migrations.stream().filter(file -> file.id().equals(revision)).findFirst();
  }

  @Override
  public RunnableScript script(String revision, Place place) throws UnusableScriptException {
    return tool.script(find(revision).orElseThrow(IllegalStateException::new));
  }

  @Override
  public String path(String revision) {
    return find(revision).map(MigrationFile::path).orElse(revision);
  }

  @Override
  public LedgerWriting writing() {
    return ledger;
  }

  @Override
  public String create(QualifiedName table) {
    return ledger.create(table);
  }

  @Override
  public String record(QualifiedName table, String revision) {
    return ledger.record(table, revision);
  }
}
