package dev.stampguard.tool.liquibase;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Changesets, ready to run: SQL as it stands, everything else by the project's own command.
 *
 * @param command runs what is no SQL; empty when nothing can, and then it says why
 */
record ChangelogBook(
    Map<String, ChangeSet> sets,
    LedgerReader reader,
    LedgerBook ledger,
    Supplier<Optional<CommandBook>> command)
    implements ScriptBook {
  private ChangeSet set(String revision) {
    ChangeSet set = sets.get(revision);
    if (set == null) {
      throw new IllegalStateException("no script makes " + revision);
    }
    return set;
  }

  @Override
  public RunnableScript script(String revision, Place place) throws UnusableScriptException {
    ChangeSet set = set(revision);
    if (!set.isSql()) {
      return command
          .get()
          .orElseThrow(
              () ->
                  new UnusableScriptException(
                      "it is not SQL alone, and only Liquibase can run it: say how by"
                          + " `replay.command` in `stampguard.properties`"))
          .script(revision, place);
    }
    var pieces = new ArrayList<Piece>();
    for (ChangeSet.Change change : set.changes()) {
      if (change instanceof ChangeSet.Sql sql) {
        pieces.addAll(pieces(sql));
      }
    }
    return new PieceScript(
        pieces, set.isTransactional() ? PieceScript.Mode.WRAPPED : PieceScript.Mode.BARE);
  }

  /** As {@code StringUtil.processMultiLineSQL} cuts it, but never inside of quotes. */
  static List<Piece> pieces(ChangeSet.Sql sql) {
    if (!sql.isSplit()) {
      return sql.text().isBlank() ? List.of() : List.of(new Piece(sql.text(), sql.line()));
    }
    if (sql.delimiter().isEmpty() || sql.delimiter().equals(";")) {
      return Piece.each(sql.text(), sql.line());
    }
    var pieces = new ArrayList<Piece>();
    int line = sql.line();
    String ending = sql.delimiter().replace("\\n", "\n");
    for (String part : sql.text().split(Pattern.quote(ending), -1)) {
      if (!part.isBlank()) {
        int skipped =
            (int) part.chars().takeWhile(Character::isWhitespace).filter(c -> c == '\n').count();
        pieces.add(new Piece(part.strip(), line + skipped));
      }
      line += (int) (part + ending).chars().filter(c -> c == '\n').count();
    }
    return pieces;
  }

  @Override
  public String path(String revision) {
    return set(revision).path();
  }

  @Override
  public LedgerWriting writing() {
    return ledger;
  }

  @Override
  public String create(QualifiedName table) {
    return ledger.create(table);
  }

  /** The command has done so itself. */
  @Override
  public String record(QualifiedName table, String revision) {
    return set(revision).isSql() ? ledger.record(table, revision) : "SELECT 1";
  }
}
