package dev.stampguard.tool.flyway;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.command.CommandBook;
import dev.stampguard.tool.command.ProjectCommand;
import dev.stampguard.tool.flyway.Callbacks.Event;
import dev.stampguard.tool.flyway.replay.EngineSettings;
import dev.stampguard.tool.flyway.replay.FlywayScript;
import dev.stampguard.tool.flyway.replay.ParsedScript;
import dev.stampguard.tool.flyway.replay.SurroundedScript;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import dev.stampguard.tool.sql.run.ToolLock;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project's scripts, for whoever runs them.
 *
 * @param command runs what is a class; empty when nothing can
 */
record ProjectBook(
    FlywayProject project,
    SchemaHistory history,
    Callbacks callbacks,
    EngineSettings engine,
    Optional<ProjectCommand> command)
    implements ScriptBook {
  /** {@code PostgreSQLAdvisoryLockTemplate}; the hash of the history's name is added. */
  private static final long LOCK = 77_431_708_279_161L;

  /** What comes after the target of a run is left alone. */
  private static final CommandBook.Habits HABITS =
      new CommandBook.Habits(false, revision -> Map.of());

  /** Flyway's own lock on its schema history. */
  static ToolLock lock() {
    return place ->
        ToolLock.advisorySql(
            LOCK
                + "\"%s\".\"%s\""
                    .formatted(place.ledger().schema(), place.ledger().name())
                    .hashCode());
  }

  @Override
  public RunnableScript script(String revision, Place place) throws UnusableScriptException {
    MigrationScript script = history.script(revision).orElseThrow(IllegalStateException::new);
    if (script.isClass() && command.isPresent()) {
      return CommandBook.script(
          command.get(),
          HABITS,
          project.scripts().graph(),
          project.scripts().graph().find(revision).orElseThrow(IllegalStateException::new),
          this,
          place);
    }
    RunnableScript migration =
        ParsedScript.of(
            new FlywayScript(script.file(), script.path(), script.text()), engine, place);
    List<RunnableScript> before = parsed(Event.BEFORE_EACH_MIGRATE, place);
    List<RunnableScript> after = parsed(Event.AFTER_EACH_MIGRATE, place);
    return before.isEmpty() && after.isEmpty()
        ? migration
        : new SurroundedScript(before, migration, after);
  }

  @Override
  public List<RunnableScript> first(Place place) throws UnusableScriptException {
    var scripts = new ArrayList<RunnableScript>();
    if (project.makesSchemas()) {
      scripts.addAll(parsed(Event.CREATE_SCHEMA, place));
    }
    scripts.addAll(parsed(Event.BEFORE_MIGRATE, place));
    return scripts;
  }

  private List<RunnableScript> parsed(Event event, Place place) throws UnusableScriptException {
    var scripts = new ArrayList<RunnableScript>();
    for (FlywayScript script : callbacks.of(event)) {
      scripts.add(ParsedScript.of(script, engine, place));
    }
    return scripts;
  }

  @Override
  public String path(String revision) {
    return history.script(revision).map(MigrationScript::path).orElse(revision);
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
    MigrationScript script = history.script(revision).orElseThrow();
    // The command has done so itself.
    return script.isClass() ? "SELECT 1" : new HistoryWriting(history).record(table, script);
  }
}
