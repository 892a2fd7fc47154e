package dev.stampguard.tool.alembic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Target;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.python.driver.DriverChange;
import dev.stampguard.tool.python.driver.Interpreter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One project and one database, to be changed by one Python. */
final class Changes {
  /** An {@code env.py} as {@code alembic init} writes it, for the real Alembic to compare with. */
  static final String ENVIRONMENT =
      """
      import os
      import sqlalchemy as sa
      from alembic import context

      engine = sa.create_engine(os.environ["DATABASE_URL"], poolclass=sa.pool.NullPool)
      with engine.connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  private static final StatementTimeout STATEMENT = new StatementTimeout(Duration.ofMinutes(1));
  private static final PostgresConnector CONNECTOR =
      new PostgresConnector(
          new ConnectTimeout(Duration.ofSeconds(10)),
          STATEMENT,
          new LockTimeout(Duration.ofSeconds(10)));

  private final Interpreter python;
  private final Path directory;
  private final AlembicFiles files;
  private final Target target;
  private LedgerLocation ledger = new LedgerLocation(Optional.empty(), "alembic_version");
  private boolean inProject;

  /** A project whose {@code env.py} works, and an empty database. */
  Changes(Path directory, Interpreter python) {
    this(
        directory,
        python,
        PostgresServer.shared().target(PostgresServer.shared().createDatabase()));
  }

  /** The same with a database that is there. */
  Changes(Path directory, Interpreter python, Target target) {
    this.directory = directory;
    this.python = python;
    this.files = new AlembicFiles(directory).write("migrations/env.py", ENVIRONMENT);
    this.target = target;
  }

  AlembicFiles files() {
    return files;
  }

  String database() {
    return target.database();
  }

  /** Adds a revision: Python, indented here. */
  Changes revision(String id, String parents, String body) {
    files.revision(id, parents, body);
    return this;
  }

  Changes ledgerNamed(String table) {
    ledger = new LedgerLocation(Optional.empty(), table);
    return this;
  }

  Changes ledgerIn(String schema) {
    ledger = new LedgerLocation(Optional.of(schema), "alembic_version");
    return this;
  }

  /** Runs the project's own {@code env.py}, which is this one. */
  Changes inProject(String environment) {
    files.write("migrations/env.py", environment);
    inProject = true;
    return this;
  }

  /** A connected session; no transaction is open. */
  ChangeSession session() {
    return session(Duration.ofSeconds(10), "postgres");
  }

  /** As a role without a password of its own, and with another patience. */
  DriverChange session(Duration lock, String user) {
    DriverChange session =
        DriverChange.start(
            run(),
            python,
            new Target(
                target.database(),
                target.endpoints(),
                user,
                target.password(),
                target.parameters(),
                target.source()),
            new ChangeLimits(new LockTimeout(lock), STATEMENT));
    try {
      session.connect();
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  private AlembicRun run() {
    return new AlembicRun(
        files.project().settingsFiles(),
        ledger,
        new RunSettings(
            Optional.empty(),
            Map.of(),
            inProject,
            Map.of(),
            List.of("tenant=acme"),
            "DATABASE_URL",
            Duration.ofMinutes(1)));
  }

  /** What another session sees. */
  Inspection seen() {
    return inspect(target);
  }

  /** What the real Alembic makes of an empty database, all at once. */
  Inspection upgraded() {
    return upgradedBy("heads");
  }

  /** What the real Alembic makes of an empty database, one revision after the other. */
  Inspection upgradedBy(String... revisions) {
    PostgresServer server = PostgresServer.shared();
    Target fresh = server.target(server.createDatabase());
    for (String revision : revisions) {
      alembic(fresh.database(), "upgrade", revision);
    }
    return inspect(fresh);
  }

  private Inspection inspect(Target at) {
    try (PostgresConnection connection = CONNECTOR.open(at)) {
      return Inspection.of(connection, CatalogDepth.DEFINITIONS, AlembicRun.reader(ledger));
    }
  }

  /** Runs the real Alembic. */
  void alembic(String name, String... arguments) {
    var command = new ArrayList<>(List.of(python.program().toString()));
    command.addAll(List.of("-B", "-m", "alembic.config", "-x", "tenant=acme"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", PostgresServer.shared().url(name));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    PostgresServer.shared().execute(target.database(), sql);
  }

  /** One value, seen by another session. */
  String value(String sql) {
    try (var connection = PostgresServer.shared().connect(target.database());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void assertDone(ChangeOutcome outcome) {
    assertThat(outcome).isEqualTo(new ChangeOutcome.Done());
  }
}
