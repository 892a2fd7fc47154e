package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.util.List;
import java.util.Optional;

/**
 * A project's migrations, for whoever runs them.
 *
 * @param commands runs those that are programs; empty when nothing does
 */
record FileBook(
    SqlFileTool tool,
    List<MigrationFile> migrations,
    LedgerBook ledger,
    LedgerReader reader,
    Optional<CommandBook> commands)
    implements ScriptBook {
  FileBook {
    migrations = List.copyOf(migrations);
  }

  private Optional<MigrationFile> find(String revision) {
    return migrations.stream().filter(file -> file.id().equals(revision)).findFirst();
  }

  @Override
  public RunnableScript script(String revision, Place place) throws UnusableScriptException {
    MigrationFile file = find(revision).orElseThrow(IllegalStateException::new);
    if (!tool.isProgram(file)) {
      return tool.script(file);
    }
    if (commands.isEmpty()) {
      throw new UnusableScriptException(
          tool.programs().map(Programs::unusable).orElseThrow(IllegalStateException::new));
    }
    return commands.get().script(revision, place);
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

  /** A program's command writes its row itself. */
  @Override
  public String record(QualifiedName table, String revision) {
    return commands
        .filter(book -> find(revision).filter(tool::isProgram).isPresent())
        .map(book -> book.record(table, revision))
        .orElseGet(() -> ledger.record(table, revision));
  }
}
