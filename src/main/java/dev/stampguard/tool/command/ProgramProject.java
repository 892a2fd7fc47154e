package dev.stampguard.tool.command;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerRow;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.ledger.Said;
import dev.stampguard.tool.sql.run.SqlLauncher;
import dev.stampguard.tool.sql.run.SqlRun;
import dev.stampguard.tool.sql.run.Surroundings;
import dev.stampguard.tool.sql.run.ToolLock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** One project's use of a tool whose migrations are programs. */
public final class ProgramProject implements MigrationProject {
  private final Use use;
  private final LedgerLocation ledger;
  private Scripts scripts;

  private ProgramProject(Use use, LedgerLocation ledger) {
    this.use = use;
    this.ledger = ledger;
  }

  public ProgramProject(Use use) {
    this(use, use.ledger());
  }

  /**
   * How it is used.
   *
   * @param tool its name, as {@link dev.stampguard.tool.MigrationTool#name()}
   * @param location as {@link MigrationProject#location()}
   * @param ledger as {@link MigrationProject#ledgerLocation()}
   * @param form what the ledger is like, given where it is
   * @param lock keeps the tool itself from running meanwhile; empty when it knows none
   * @param reading reads the scripts; called once at most
   * @param command what runs them
   * @param habits what is to be known of that
   * @param premises what the reading and the form take from elsewhere
   */
  public record Use(
      String tool,
      String location,
      LedgerLocation ledger,
      Function<LedgerLocation, Form> form,
      Optional<ToolLock> lock,
      Supplier<Scripts> reading,
      CommandChoice command,
      CommandBook.Habits habits,
      Premises premises) {
    public Use {
      Objects.requireNonNull(tool);
      Objects.requireNonNull(location);
      Objects.requireNonNull(ledger);
      Objects.requireNonNull(form);
      Objects.requireNonNull(lock);
      Objects.requireNonNull(reading);
      Objects.requireNonNull(command);
      Objects.requireNonNull(habits);
      Objects.requireNonNull(premises);
    }
  }

  /**
   * What a ledger is like.
   *
   * @param shape its table; its mark is the column of the ids
   * @param values what the tool writes in a row, by column: SQL expressions, given the table and
   *     the id
   * @param drop SQL that takes away what the shape's makes, without the semicolon
   */
  public record Form(
      LedgerShape shape,
      BiFunction<QualifiedName, String, Map<String, String>> values,
      Function<QualifiedName, String> drop) {
    public Form {
      Objects.requireNonNull(shape);
      Objects.requireNonNull(values);
      Objects.requireNonNull(drop);
    }

    /** One of a tool that keeps nothing of its own beside the table. */
    public Form(LedgerShape shape, BiFunction<QualifiedName, String, Map<String, String>> values) {
      this(shape, values, table -> "DROP TABLE " + table);
    }
  }

  @Override
  public String tool() {
    return use.tool();
  }

  @Override
  public String location() {
    return use.location();
  }

  @Override
  public LedgerLocation ledgerLocation() {
    return ledger;
  }

  @Override
  public MigrationProject withLedger(LedgerLocation location) {
    return new ProgramProject(use, location);
  }

  @Override
  public Optional<Premises> premises() {
    return Optional.of(
        Premises.of(scripts().graph(), use.command().project())
            .and(use.premises().facts(), use.premises().files()));
  }

  @Override
  public LedgerReader ledger() {
    return new LedgerReader(ledger, book());
  }

  @Override
  public Optional<LedgerWriting> ledgerWriting() {
    return Optional.of(book());
  }

  private LedgerBook book() {
    Form form = use.form().apply(ledger);
    return new RowLedger(form.shape(), () -> new Entries(form));
  }

  /** A row for every revision that ran, and nothing else. */
  private final class Entries implements LedgerEntries {
    private final Form form;

    Entries(Form form) {
      this.form = form;
    }

    @Override
    public List<String> order() {
      return scripts().graph().revisions().stream().map(Revision::id).toList();
    }

    @Override
    public Said said(LedgerRow row) {
      String id = row.text(form.shape().mark());
      return id == null ? new Said("", Said.Kind.NOTHING) : new Said(id, Said.Kind.APPLIED);
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      return form.values().apply(table, revision);
    }

    /** What is written at once ran at once: Knex has a number for that. */
    @Override
    public boolean isWrittenAtOnce() {
      return true;
    }

    @Override
    public String drop(QualifiedName table) {
      return form.drop().apply(table);
    }

    /** None of these tools minds: what has no row runs. */
    @Override
    public boolean isLateRefused() {
      return false;
    }
  }

  /** Their files name no database in a way that is plain. */
  @Override
  public Optional<ToolUrl> url() {
    return Optional.empty();
  }

  @Override
  public Optional<NotAllowed> notAllowed(RunSettings settings) {
    return use.command().notAllowed(settings);
  }

  @Override
  public Optional<Lack> lack(RunSettings settings, Collection<String> revisions) {
    return revisions.isEmpty() ? Optional.empty() : use.command().lack();
  }

  @Override
  public RevisionLauncher launcher(RunSettings settings) {
    return new SqlLauncher(running(settings));
  }

  @Override
  public ChangeLauncher changer(RunSettings settings) {
    return new SqlLauncher(running(settings));
  }

  @Override
  public boolean isOutsideTransaction(
      String revision, RunSettings settings, Target database, QualifiedName table) {
    return true;
  }

  /** Rows are written without any of the project's code. */
  @Override
  public Optional<ChangeLauncher> ledgerChanger(RunSettings settings) {
    return Optional.of(
        new SqlLauncher(
            run(
                settings,
                () -> {
                  throw new IllegalStateException("nothing was to be run");
                })));
  }

  private SqlRun running(RunSettings settings) {
    ProjectCommand command = use.command().with(settings);
    return run(settings, () -> command);
  }

  private SqlRun run(RunSettings settings, Supplier<ProjectCommand> command) {
    return new SqlRun(
        use.command().title(),
        new CommandBook(command, use.habits(), scripts().graph(), ledger(), book()),
        new Surroundings(List.of(), Optional.empty(), use.lock()),
        ledger,
        settings.limit());
  }

  /** A script's place in the history is in its name: there is nothing to be known before. */
  @Override
  public synchronized Scripts scripts(KnownScripts unneeded) {
    if (scripts == null) {
      scripts = use.reading().get();
    }
    return scripts;
  }
}
