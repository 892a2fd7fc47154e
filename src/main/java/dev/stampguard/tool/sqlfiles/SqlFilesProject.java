package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.target.Target;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.OwnCheck;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolLock;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.SqlLauncher;
import dev.stampguard.tool.sql.run.SqlRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One project's use of a tool whose migrations are files of SQL. */
final class SqlFilesProject implements MigrationProject {
  private final SqlFileTool tool;
  private final Place place;
  private final Optional<String> command;
  private Known known;

  /**
   * @param command what runs those migrations that are programs, unparsed; empty when nothing is
   *     configured
   */
  SqlFilesProject(SqlFileTool tool, Place place, Optional<String> command) {
    this.tool = tool;
    this.place = place;
    this.command = command;
  }

  /** What was read. */
  private record Known(
      List<MigrationFile> migrations, List<GraphProblem> problems, LedgerBook ledger) {}

  private Scripts scripts;

  @Override
  public Optional<Premises> premises() {
    if (!tool.isPlain(known().migrations())) {
      return Optional.empty();
    }
    var facts = new ArrayList<>(tool.facts(place));
    facts.add(known().problems().toString());
    for (MigrationFile file : known().migrations()) {
      facts.addAll(List.of(file.id(), file.message(), file.path(), file.text()));
    }
    return Optional.of(
        new Premises(
            facts,
            Stream.concat(
                    known().migrations().stream().map(MigrationFile::file),
                    tool.files(place).stream())
                .toList()));
  }

  @Override
  public String tool() {
    return tool.name();
  }

  @Override
  public String location() {
    return new ScriptFiles(place.project()).relative(place.directory());
  }

  @Override
  public LedgerLocation ledgerLocation() {
    return place.ledger();
  }

  @Override
  public MigrationProject withLedger(LedgerLocation location) {
    return new SqlFilesProject(tool, place.with(location), command);
  }

  @Override
  public boolean readsUrl() {
    return tool.readsUrl();
  }

  @Override
  public MigrationProject toldBy(Map<String, String> url) {
    return new SqlFilesProject(tool, tool.toldBy(place, url), command);
  }

  @Override
  public LedgerReader ledger() {
    return new LedgerReader(place.ledger(), known().ledger());
  }

  @Override
  public Optional<LedgerWriting> ledgerWriting() {
    return Optional.of(known().ledger());
  }

  @Override
  public List<ToolLock> locks(Ledger ledger, String database) {
    return tool.locks(ledger.table(), database).stream()
        .<ToolLock>map(ToolLock.Advisory::of)
        .toList();
  }

  @Override
  public List<OwnCheck> ownChecks(PostgresConnection connection, List<String> revisions) {
    return tool.ownChecks(place, connection, revisions);
  }

  @Override
  public Optional<ToolUrl> url() {
    return place.url();
  }

  @Override
  public RevisionLauncher launcher(RunSettings settings) {
    return new SqlLauncher(run(settings));
  }

  @Override
  public ChangeLauncher changer(RunSettings settings) {
    return new SqlLauncher(run(settings));
  }

  @Override
  public boolean isOutsideTransaction(
      String revision, RunSettings settings, Target database, QualifiedName table) {
    // Of one that is a program nobody need know yet how it is run.
    return known().migrations().stream()
            .anyMatch(file -> file.id().equals(revision) && tool.isProgram(file))
        || run(settings).isOutsideTransaction(revision, database, table);
  }

  private SqlRun run(RunSettings settings) {
    Known read = known();
    return new SqlRun(
        tool.title(),
        new FileBook(tool, read.migrations(), read.ledger(), ledger(), commands(settings)),
        tool.around(place),
        place.ledger(),
        settings.limit());
  }

  @Override
  public Optional<Lack> lack(RunSettings settings, Collection<String> revisions) {
    return tool.programs().filter(programs -> command.isEmpty()).stream()
        .flatMap(
            programs ->
                known().migrations().stream()
                    .filter(file -> revisions.contains(file.id()) && tool.isProgram(file))
                    .map(programs::lack))
        .findFirst();
  }

  private Optional<CommandBook> commands(RunSettings settings) {
    return tool.programs()
        .filter(programs -> command.isPresent())
        .map(
            programs ->
                new CommandBook(
                    () -> programs.choice(tool.title(), place.project(), command).with(settings),
                    Programs.HABITS,
                    scripts().graph(),
                    ledger(),
                    known().ledger()));
  }

  /** A file's place in the history is in its name, or in one list of all: nothing need be known. */
  @Override
  public synchronized Scripts scripts(KnownScripts unneeded) {
    if (scripts == null) {
      Known read = known();
      scripts = new History(tool, place.project(), command).of(read.migrations(), read.problems());
    }
    return scripts;
  }

  private synchronized Known known() {
    if (known == null) {
      var files = new ScriptFiles(place.project());
      List<MigrationFile> migrations = List.copyOf(tool.migrations(place, files));
      known = new Known(migrations, files.problems(), tool.ledger(place, migrations));
    }
    return known;
  }
}
