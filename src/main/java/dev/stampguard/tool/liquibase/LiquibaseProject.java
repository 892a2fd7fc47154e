package dev.stampguard.tool.liquibase;

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
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.ProjectCommand;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.sql.run.SqlLauncher;
import dev.stampguard.tool.sql.run.SqlRun;
import dev.stampguard.tool.sql.run.Surroundings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One project's use of Liquibase. */
public final class LiquibaseProject implements MigrationProject {
  private final Use use;
  private final Optional<LedgerLocation> ledger;
  private Changelog changelog;

  LiquibaseProject(Use use, Optional<LedgerLocation> ledger) {
    this.use = use;
    this.ledger = ledger;
  }

  /**
   * How it is used.
   *
   * @param project the project's directory
   * @param name the changelog as the settings name it
   * @param file the same, absolute
   * @param roots where included files are looked for
   * @param replayCommand {@code replay.command}
   */
  record Use(
      Path project,
      LiquibaseSettings settings,
      String name,
      Path file,
      List<Path> roots,
      Optional<String> replayCommand) {}

  @Override
  public String tool() {
    return LiquibaseTool.NAME;
  }

  /** The directory of the first changelog: included ones are below it as a rule. */
  @Override
  public String location() {
    return relative(use.file().toAbsolutePath().getParent());
  }

  @Override
  public LedgerLocation ledgerLocation() {
    return ledger.orElseGet(
        () -> new LedgerLocation(use.settings().ledgerSchema(), use.settings().table()));
  }

  @Override
  public MigrationProject withLedger(LedgerLocation location) {
    return new LiquibaseProject(use, Optional.of(location));
  }

  @Override
  public LedgerReader ledger() {
    return new LedgerReader(ledgerLocation(), book());
  }

  @Override
  public Optional<Premises> premises() {
    return Optional.of(
        Premises.of(changelog().scripts().graph(), use.project())
            .and(
                Stream.concat(
                        Stream.of(use.settings().facts()),
                        changelog().byId().values().stream().map(ChangeSet::toString))
                    .toList(),
                List.of()));
  }

  private RowLedger book() {
    return new RowLedger(
        ChangelogEntries.shape(use.settings().lockTable()),
        () -> new ChangelogEntries(changelog().byId()));
  }

  @Override
  public Optional<LedgerWriting> ledgerWriting() {
    return Optional.of(book());
  }

  @Override
  public Optional<ToolUrl> url() {
    return use.settings().url();
  }

  @Override
  public RevisionLauncher launcher(RunSettings run) {
    return launched(run);
  }

  @Override
  public ChangeLauncher changer(RunSettings run) {
    return launched(run);
  }

  @Override
  public boolean isOutsideTransaction(
      String revision, RunSettings settings, Target database, QualifiedName table) {
    ChangeSet set = changelog().byId().get(revision);
    return !set.isSql() || !set.isTransactional();
  }

  private SqlLauncher launched(RunSettings run) {
    Map<String, ChangeSet> sets = changelog().byId();
    return new SqlLauncher(
        new SqlRun(
            "Liquibase",
            new ChangelogBook(sets, ledger(), book(), () -> command(run)),
            new Surroundings(
                use.settings().schema().stream().toList(),
                use.settings().schema(),
                Optional.empty()),
            ledgerLocation(),
            run.limit()));
  }

  @Override
  public Optional<Lack> lack(RunSettings run, Collection<String> revisions) {
    if (command(run).isPresent()) {
      return Optional.empty();
    }
    Map<String, ChangeSet> sets = changelog().byId();
    return revisions.stream()
        .filter(id -> sets.containsKey(id) && !sets.get(id).isSql())
        .findFirst()
        .map(this::lack);
  }

  private Lack lack(String revision) {
    String allowed =
        isConfiguredByItself()
            ? "`%s`, which runs `liquibase update`, or ".formatted(NotAllowed.OPTION)
            : "";
    return new Lack(
        "needs %s`replay.command` in `stampguard.properties`: `%s` is not SQL alone, and only Liquibase can run it"
            .formatted(allowed, revision),
        "say in `stampguard.properties` how Liquibase is run: replay.command=…"
            + (allowed.isEmpty() ? "" : "; or allow its own with `" + NotAllowed.OPTION + "`"));
  }

  private boolean isConfiguredByItself() {
    return use.settings().file().equals(SettingsFiles.OWN);
  }

  /** Empty where nothing says how Liquibase is run, or nobody allowed it. */
  private Optional<CommandBook> command(RunSettings run) {
    if (use.replayCommand().isEmpty() && !(isConfiguredByItself() && run.projectEnvironment())) {
      return Optional.empty();
    }
    var choice =
        new CommandChoice(
            "Liquibase",
            use.project(),
            use.replayCommand(),
            Optional.of(List.of("liquibase", "update")),
            use.project(),
            new CommandShield());
    ProjectCommand command = choice.with(run);
    return Optional.of(
        new CommandBook(
            () -> command,
            new CommandBook.Habits(false, revision -> Map.of()),
            changelog().scripts().graph(),
            ledger(),
            book()));
  }

  /** Changesets are in files that hold many: there is nothing to be known of one before. */
  @Override
  public Scripts scripts(KnownScripts unneeded) {
    return changelog().scripts();
  }

  private synchronized Changelog changelog() {
    if (changelog == null) {
      var reader =
          new ChangelogReader(
              use.roots(), this::relative, use.settings().filter(), use.settings().parameters());
      reader.read(use.name(), use.file());
      changelog =
          Changelog.of(reader.sets(), reader.problems(), use.settings().schema(), program());
    }
    return changelog;
  }

  /** What would let Liquibase run what only it can. */
  private SchemaOperation.Program program() {
    return new SchemaOperation.Program(
        use.replayCommand().isPresent()
            ? Optional.empty()
            : Optional.of("replay.command=liquibase update"));
  }

  private String relative(Path path) {
    String relative =
        use.project()
            .toAbsolutePath()
            .normalize()
            .relativize(path.toAbsolutePath().normalize())
            .toString()
            .replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }
}
