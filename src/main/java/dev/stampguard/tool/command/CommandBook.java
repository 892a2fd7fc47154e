package dev.stampguard.tool.command;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** Scripts that only a command of the project's can run. */
public final class CommandBook implements ScriptBook {
  private final Supplier<ProjectCommand> command;
  private final Habits habits;
  private final RevisionGraph graph;
  private final LedgerReader reader;
  private final LedgerBook ledger;

  /**
   * @param command asked for only when something is to run
   * @param graph the project's revisions
   * @param ledger writes the ledger
   */
  public CommandBook(
      Supplier<ProjectCommand> command,
      Habits habits,
      RevisionGraph graph,
      LedgerReader reader,
      LedgerBook ledger) {
    this.command = Objects.requireNonNull(command);
    this.habits = Objects.requireNonNull(habits);
    this.graph = Objects.requireNonNull(graph);
    this.reader = Objects.requireNonNull(reader);
    this.ledger = Objects.requireNonNull(ledger);
  }

  /**
   * What a tool does that matters to whoever runs its command.
   *
   * @param goesBack whether naming a revision below what is recorded takes back what is above it,
   *     or is refused: then the ledger has to say meanwhile that nothing after it ran
   * @param placeholders what a command line may name of a revision besides {@code {revision}} and
   *     {@code {file}}, with braces
   */
  public record Habits(boolean goesBack, Function<Revision, Map<String, String>> placeholders) {
    public Habits {
      Objects.requireNonNull(placeholders);
    }
  }

  private Revision revision(String id) {
    return graph.find(id).orElseThrow(() -> new IllegalStateException("no script makes " + id));
  }

  @Override
  public String path(String revision) {
    return revision(revision).file();
  }

  @Override
  public RunnableScript script(String revision, Place place) {
    return script(command.get(), habits, graph, revision(revision), this, place);
  }

  /**
   * One revision of a book whose others are run otherwise.
   *
   * @param graph the project's revisions
   * @param book reads and writes the ledger
   */
  public static RunnableScript script(
      ProjectCommand command,
      Habits habits,
      RevisionGraph graph,
      Revision revision,
      ScriptBook book,
      Place place) {
    var values = new LinkedHashMap<String, String>();
    values.put("{revision}", revision.id());
    values.put("{file}", revision.file());
    values.putAll(habits.placeholders().apply(revision));
    return new CommandScript(command, habits.goesBack(), values, graph, revision, book, place);
  }

  @Override
  public LedgerReader reader() {
    return reader;
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
    return "SELECT 1";
  }
}
