package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.IncrementalReads;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.LockExpectation;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockReader;
import dev.stampguard.expectation.lock.LockWriter;
import dev.stampguard.expectation.lock.ScriptDigest;
import dev.stampguard.expectation.replay.GapFiller;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayExpectation;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.scenarios.history.History.Script;
import dev.stampguard.scenarios.history.Scene.LedgerForm;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs histories and builds scenes on the shared server. */
final class Workbench implements AutoCloseable {
  private static final LedgerReader LEDGER_READER =
      new LedgerReader(new LedgerLocation(Optional.empty(), "alembic_version"), "version_num");

  /** Nothing here looks at scripts' digests. */
  private static final ScriptDigest SCRIPT = new ScriptDigest("0".repeat(64));

  private final PostgresServer server = PostgresServer.shared();
  private final Path directory;

  /** To a database for each schema that names without one go to. */
  private final Map<String, PostgresConnection> connections = new HashMap<>();

  /**
   * @param directory where lock files are written
   */
  Workbench(Path directory) {
    this.directory = directory;
  }

  /** A database whose search path opens with a schema, which is there. */
  private String createDatabase(String schema) {
    String database = server.createDatabase();
    String name = Identifiers.quote(schema);
    server.execute(
        database,
        "CREATE SCHEMA IF NOT EXISTS %s; ALTER DATABASE %s SET search_path = %1$s"
            .formatted(name, database));
    return database;
  }

  /** Thrown when some SQL of a history or a scene does not run. */
  static final class DoesNotRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DoesNotRunException(String message, SQLException cause) {
      super(message, cause);
    }
  }

  /**
   * Replays a history in a database of its own, writes the lock file and reads it back.
   *
   * @throws DoesNotRunException when a step fails
   */
  Expectation replay(History history) {
    Scripts scripts = history.toScripts();
    String database = createDatabase(history.schema());
    Replay replay;
    try (PostgresConnection scratch = Connectors.open(database);
        PostgresConnection looking = Connectors.open(database)) {
      replay =
          ReplayExpectation.of(
              scripts,
              new Runner(history, scratch),
              IncrementalReads.begin(looking),
              new ReplayExpectation.Place(history.schema(), Set.of(history.ledger())),
              GapFiller.NONE,
              (done, total) -> {});
    }
    server.execute("postgres", "DROP DATABASE " + database);
    if (!replay.complete() || !replay.proven()) {
      throw new AssertionError("the replay is not complete and proven: " + replay);
    }
    var digests = new LinkedHashMap<String, ScriptDigest>();
    history.ids().forEach(id -> digests.put(id, SCRIPT));
    Path file = directory.resolve(LockFile.NAME);
    LockWriter.write(
        LockFile.of(
            "alembic", 18, history.schema(), scripts.graph(), replay.expectation(), digests),
        file);
    return LockExpectation.of(LockReader.read(file).orElseThrow(), scripts.graph());
  }

  /** Runs a history's revisions as a tool would, each in a transaction. */
  private record Runner(History history, PostgresConnection connection) implements RevisionRunner {
    @Override
    public void connect() {
      // it is connected already
    }

    @Override
    public LedgerLocation ledger() {
      return new LedgerLocation(Optional.of(history.schema()), history.ledger().name());
    }

    @Override
    public RevisionOutcome run(String revision) {
      execute(connection, transaction(history.script(revision).steps()));
      return new RevisionOutcome.Done();
    }

    @Override
    public List<String> finish() {
      return history.rows(Set.copyOf(history.ids()));
    }

    @Override
    public void close() {
      // its connection is somebody else's
    }
  }

  /**
   * Builds a scene in a database that is empty before.
   *
   * @throws DoesNotRunException when the SQL of it fails
   */
  Inspection build(Scene scene) {
    var sql = new ArrayList<String>();
    String schema = scene.history().schema();
    PostgresConnection connection =
        connections.computeIfAbsent(schema, name -> Connectors.open(createDatabase(name)));
    sql.add("DROP SCHEMA %1$s CASCADE; CREATE SCHEMA %1$s".formatted(Identifiers.quote(schema)));
    if (scene.ledger() != LedgerForm.ABSENT) {
      String ledger = scene.history().ledger().toString();
      sql.add("CREATE TABLE %s (version_num varchar(32) PRIMARY KEY)".formatted(ledger));
      scene.rows().forEach(row -> sql.add("INSERT INTO %s VALUES ('%s')".formatted(ledger, row)));
    }
    for (Script script : scene.history().scripts()) {
      int steps = scene.applied().getOrDefault(script.id(), 0);
      sql.add(transaction(script.steps().subList(0, steps)));
    }
    if (!scene.byHand().isEmpty()) {
      sql.add(transaction(scene.byHand()));
    }
    execute(connection, String.join(";\n", sql));
    return Inspection.of(connection, CatalogDepth.DEFINITIONS, LEDGER_READER);
  }

  private static String transaction(List<String> statements) {
    return "BEGIN;\n%s;\nCOMMIT".formatted(String.join(";\n", statements));
  }

  private static void execute(PostgresConnection connection, String sql) {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      try (Statement statement = connection.jdbc().createStatement()) {
        statement.execute("ROLLBACK");
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw new DoesNotRunException(e.getMessage() + " in:\n" + sql, e);
    }
  }

  @Override
  public void close() {
    connections.values().forEach(PostgresConnection::close);
  }
}
