package dev.stampguard.tool.flyway;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.ToolLock;
import dev.stampguard.tool.command.CommandChoice;
import dev.stampguard.tool.command.ProjectCommand;
import dev.stampguard.tool.flyway.replay.EngineSettings;
import dev.stampguard.tool.sql.run.SqlLauncher;
import dev.stampguard.tool.sql.run.SqlRun;
import dev.stampguard.tool.sql.run.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One project's use of Flyway. */
public final class FlywayProject implements MigrationProject {
  /** The keys of Flyway's locks begin here ({@code PostgreSQLAdvisoryLockTemplate}): "Flyway". */
  private static final long LOCK = 77_431_708_279_161L;

  /** A command that runs one version. */
  private static final String EXAMPLE =
      "replay.command=./mvnw flyway:migrate -Dflyway.target={revision}";

  private final Path project;
  private final FlywaySettings settings;
  private final List<Location> locations;
  private final Optional<String> replayCommand;
  private final Optional<LedgerLocation> ledger;
  private Known known;
  private volatile boolean isClassAsked;

  /**
   * @param replayCommand runs what is a class
   */
  FlywayProject(
      Path project,
      FlywaySettings settings,
      List<Location> locations,
      Optional<String> replayCommand,
      Optional<LedgerLocation> ledger) {
    this.project = project;
    this.settings = settings;
    this.locations = List.copyOf(locations);
    this.replayCommand = replayCommand;
    this.ledger = ledger;
  }

  /**
   * What was read.
   *
   * @param found every script
   * @param callbacks what runs around them
   * @param byId those that are revisions, in order
   */
  private record Known(
      List<MigrationScript> found,
      Callbacks callbacks,
      Map<String, MigrationScript> byId,
      Scripts scripts) {}

  @Override
  public String tool() {
    return FlywayTool.NAME;
  }

  @Override
  public String location() {
    Path first = locations.getFirst().directory().toAbsolutePath().normalize();
    String relative =
        project.toAbsolutePath().normalize().relativize(first).toString().replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }

  @Override
  public LedgerLocation ledgerLocation() {
    return ledger.orElseGet(
        () -> new LedgerLocation(settings.schemas().stream().findFirst(), settings.table()));
  }

  @Override
  public MigrationProject withLedger(LedgerLocation location) {
    return new FlywayProject(project, settings, locations, replayCommand, Optional.of(location));
  }

  @Override
  public LedgerReader ledger() {
    return new LedgerReader(ledgerLocation(), new HistoryFormat(this::history));
  }

  /** Whether there are schemas that a run may find missing, and then makes. */
  boolean makesSchemas() {
    return settings.createsSchemas() && !settings.schemas().isEmpty();
  }

  /**
   * Empty where a row made somebody look for a class: another row, of the same database, may want
   * another one.
   */
  @Override
  public Optional<Premises> premises() {
    if (isClassAsked) {
      return Optional.empty();
    }
    var facts = new ArrayList<String>();
    facts.add(settings.facts());
    facts.add(locations.toString());
    facts.add(known().scripts().graph().problems().toString());
    var files = new ArrayList<Path>();
    for (MigrationScript script : known().found()) {
      facts.addAll(
          List.of(
              script.id(),
              script.name().toString(),
              script.path(),
              script.script(),
              script.text().orElse("")));
      files.add(script.file());
    }
    return Optional.of(new Premises(facts, files));
  }

  private SchemaHistory history() {
    Known read = known();
    return new SchemaHistory(read.found(), read.byId(), settings, this::isSource);
  }

  /** Whether there is a source of a class, which may be inside another one. */
  private boolean isSource(String name) {
    isClassAsked = true;
    String file = name.replaceFirst("\\$.*", "").replace('.', '/');
    return !file.contains("..")
        && ScriptFinder.SOURCES.entrySet().stream()
            .map(language -> project.resolve(language.getKey()).resolve(file + language.getValue()))
            .anyMatch(Files::isRegularFile);
  }

  @Override
  public Optional<LedgerWriting> ledgerWriting() {
    return Optional.of(new HistoryWriting(history()));
  }

  /** Of a session or, unless {@code postgresql.transactional.lock} says no, of a transaction. */
  @Override
  public List<ToolLock> locks(Ledger found, String database) {
    String quoted = "\"%s\".\"%s\"".formatted(found.table().schema(), found.table().name());
    return List.of(ToolLock.Advisory.of(LOCK + quoted.hashCode()));
  }

  @Override
  public Optional<ToolUrl> url() {
    return settings.url();
  }

  @Override
  public RevisionLauncher launcher(RunSettings run) {
    return new SqlLauncher(run(run));
  }

  @Override
  public ChangeLauncher changer(RunSettings run) {
    return new SqlLauncher(run(run));
  }

  @Override
  public boolean isOutsideTransaction(
      String revision, RunSettings run, Target database, QualifiedName table) {
    return known().byId().get(revision).isClass()
        || run(run).isOutsideTransaction(revision, database, table);
  }

  private SqlRun run(RunSettings run) {
    var engine =
        new EngineSettings(
            settings.isMixed(),
            settings.replacesPlaceholders(),
            settings.placeholderPrefix(),
            settings.placeholderSuffix(),
            settings.placeholders());
    return new SqlRun(
        "Flyway",
        new ProjectBook(this, history(), known().callbacks(), engine, command(run)),
        new Surroundings(
            settings.createsSchemas() ? settings.schemas() : List.of(),
            settings.schemas().stream().findFirst(),
            // A command of the project's takes that lock itself.
            isCommandNeeded() ? Optional.empty() : Optional.of(ProjectBook.lock())),
        ledgerLocation(),
        run.limit());
  }

  private boolean isCommandNeeded() {
    return replayCommand.isPresent()
        && known().byId().values().stream().anyMatch(MigrationScript::isClass);
  }

  /** What would let the project's Flyway run what is a class. */
  private SchemaOperation.Program program() {
    return new SchemaOperation.Program(
        replayCommand.isPresent() ? Optional.empty() : Optional.of(EXAMPLE));
  }

  @Override
  public Optional<Lack> lack(RunSettings run, Collection<String> revisions) {
    if (replayCommand.isPresent()) {
      return Optional.empty();
    }
    Map<String, MigrationScript> byId = known().byId();
    return revisions.stream()
        .filter(id -> byId.containsKey(id) && byId.get(id).isClass())
        .findFirst()
        .map(
            id ->
                new Lack(
                    "needs `replay.command` in `stampguard.properties`: `%s` is a class, which only the project's own Flyway can run"
                        .formatted(byId.get(id).path()),
                    "say in `stampguard.properties` how the project runs one version: " + EXAMPLE));
  }

  /** Empty where nothing says how the project's Flyway is run. */
  private Optional<ProjectCommand> command(RunSettings run) {
    return replayCommand.map(
        command ->
            new CommandChoice(
                    "Flyway",
                    project,
                    replayCommand,
                    Optional.empty(),
                    project,
                    new CommandShield())
                .with(run));
  }

  /** A script's place in the history is in its name: there is nothing to be known before. */
  @Override
  public Scripts scripts(KnownScripts unneeded) {
    return known().scripts();
  }

  private synchronized Known known() {
    if (known == null) {
      var finder = new ScriptFinder(project, settings);
      List<MigrationScript> found = finder.find(locations);
      List<MigrationScript> ordered = ScriptReader.ordered(found);
      Scripts scripts = new ScriptReader(settings, program()).read(ordered, finder.problems());
      var byId = new LinkedHashMap<String, MigrationScript>();
      scripts
          .graph()
          .revisions()
          .forEach(
              revision ->
                  ordered.stream()
                      .filter(script -> script.path().equals(revision.file()))
                      .findFirst()
                      .ifPresent(script -> byId.put(revision.id(), script)));
      known = new Known(found, finder.callbacks(), byId, scripts);
    }
    return known;
  }
}
