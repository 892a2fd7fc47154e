package dev.stampguard.service.backup;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.StateReader;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A project with a database that has one of everything, and rows in it. */
final class Shop {
  static final String SECRET = "the-secret-of-the-shop";
  static final Instant TIME = Instant.parse("2025-11-27T03:55:12Z");

  private static final String SCHEMA =
      """
      CREATE SCHEMA "Odd ""schema";
      CREATE EXTENSION citext;
      CREATE TYPE status AS ENUM ('new', 'paid');
      CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
      CREATE TABLE customers (
        id serial PRIMARY KEY, email citext NOT NULL UNIQUE, born date, note text,
        "Upper Case" int, loud text GENERATED ALWAYS AS (upper(note)) STORED);
      CREATE TABLE orders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer int NOT NULL REFERENCES customers, status status NOT NULL DEFAULT 'new',
        amount numeric CHECK (amount >= 0), taken interval, file bytea);
      CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
      CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE "Odd ""schema"."odd.table" ("a ""b" int);
      CREATE SEQUENCE loose START 100;
      CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN NEW.note := NEW.note || '!'; RETURN NEW; END$$;
      CREATE TRIGGER shout BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION shout();
      CREATE VIEW paying AS SELECT customer FROM orders WHERE status = 'paid';
      CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(amount) AS total FROM orders GROUP BY 1;
      CREATE MATERIALIZED VIEW best AS SELECT max(total) AS total FROM totals;
      CREATE POLICY own ON orders USING (customer > 0);
      """;

  private static final String ROWS =
      """
      INSERT INTO alembic_version VALUES ('f18a2d5c7e90');
      INSERT INTO customers (email, born, note, "Upper Case")
        SELECT 'c' || n || '@x', date '1990-01-01' + n, E'tab\\t' || n || E'\\\\\\n', n
        FROM generate_series(1, 50) n;
      INSERT INTO orders (customer, status, amount, taken, file)
        SELECT 1 + n % 50, 'paid', n / 3.0, n * interval '-1 day 2 hours', decode('00ff5c', 'hex')
        FROM generate_series(1, 200) n;
      INSERT INTO events SELECT date '2024-07-01' + n, 'e' || n FROM generate_series(1, 300) n;
      INSERT INTO "Odd ""schema"."odd.table" VALUES (1), (NULL), (3);
      SELECT nextval('loose'), nextval('loose');
      REFRESH MATERIALIZED VIEW totals;
      REFRESH MATERIALIZED VIEW best;
      """;

  private final PostgresServer server;
  private final Path project;
  private final String database;

  private Shop(PostgresServer server, Path project, String database) {
    this.server = server;
    this.project = project;
    this.database = database;
  }

  /** Opens one in an empty directory. */
  static Shop open(PostgresServer server, Path project) {
    return open(server, project, server.createDatabase());
  }

  static Shop open(PostgresServer server, Path project, String database) {
    server.execute(database, SCHEMA);
    server.execute(database, ROWS);
    try {
      Path env = project.resolve(".env");
      Files.writeString(env, "DATABASE_URL=postgresql://u:%s@h/d\r\nX=1".formatted(SECRET));
      Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-r-----"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Shop(server, project, database);
  }

  String database() {
    return database;
  }

  Path project() {
    return project;
  }

  BackupStore store() {
    return new BackupStore(BackupStore.defaultDirectory(project));
  }

  Target target() {
    return server.target(database);
  }

  static PostgresConnector connector() {
    return Connectors.connector();
  }

  static LedgerReader ledger() {
    return new LedgerReader(
        new MigrationProject.LedgerLocation(Optional.empty(), "alembic_version"), "version_num");
  }

  /** A search path that finds programs which know the server. */
  static String path(PostgresServer server) {
    return PostgresClient.forServer(18).directory() + ":" + System.getenv("PATH");
  }

  /** The programs that are found for a server. */
  static PostgresClient client(PostgresServer server) {
    try (PostgresConnection connection = connector().open(server.target("postgres"))) {
      var found = ClientPrograms.find(path(server), connection.serverMajor());
      return new PostgresClient(found.directory(), found.major());
    }
  }

  BackupMaker.Request request(Manifest.Kind kind, QualifiedName... affected) {
    return new BackupMaker.Request(
        target(),
        kind,
        Set.of(affected),
        1,
        Optional.of(ledger()),
        Optional.of(
            new Manifest.RevisionSpan(List.of("f18a2d5c7e90"), List.of("f18a2d5c7e90"), true)),
        project,
        List.of(project.resolve(".env"), project.resolve("absent")),
        path(server),
        "0.1",
        TIME);
  }

  Backup backUp(Manifest.Kind kind, QualifiedName... affected) {
    return new BackupMaker(connector(), store()).make(request(kind, affected), Progress.NONE);
  }

  Restore restore(Backup backup) {
    return new Restore(backup);
  }

  DatabaseState state() {
    return new StateReader(Optional.of(ledger())).read(connector(), target());
  }

  void execute(String sql) {
    server.execute(database, sql);
  }

  /** The first column of a query's rows. */
  List<String> query(String sql) {
    return query(database, sql);
  }

  List<String> query(String in, String sql) {
    try (Connection connection = server.connect(in);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every row of every table as text, to tell whether two databases hold the same. */
  String content() {
    return content(database);
  }

  String content(String in) {
    var content = new StringBuilder();
    for (String table :
        List.of(
            "alembic_version",
            "customers",
            "orders",
            "events",
            "\"Odd \"\"schema\".\"odd.table\"",
            "totals",
            "best")) {
      content.append(table).append('\n');
      query(in, "SELECT t::text FROM %s t ORDER BY 1".formatted(table))
          .forEach(row -> content.append(row).append('\n'));
    }
    for (String sequence : List.of("customers_id_seq", "orders_id_seq", "loose")) {
      content.append(query(in, "SELECT last_value || ' ' || is_called FROM " + sequence));
    }
    return content.toString();
  }

  /** Names of all databases of the server. */
  List<String> databases() {
    return query("postgres", "SELECT datname FROM pg_database ORDER BY 1");
  }

  /** A restore, as it is asked for. */
  final class Restore {
    private final Backup backup;
    private Optional<Target> target = Optional.of(target());
    private Optional<DatabaseState> after = Optional.empty();
    private Restorer.Parts parts = Restorer.Parts.ALL;
    private boolean discard;
    private boolean terminate;
    private boolean unproven;
    private Steps steps = Steps.UNWATCHED;
    private Instant time = TIME;

    private Restore(Backup backup) {
      this.backup = backup;
    }

    Restore after(DatabaseState state) {
      after = Optional.of(state);
      return this;
    }

    Restore as(Target other) {
      target = Optional.of(other);
      return this;
    }

    Restore parts(Restorer.Parts wanted) {
      parts = wanted;
      return this;
    }

    Restore discard() {
      discard = true;
      return this;
    }

    Restore terminate() {
      terminate = true;
      return this;
    }

    Restore unproven() {
      unproven = true;
      return this;
    }

    Restore at(Instant later) {
      time = later;
      return this;
    }

    Restore steps(Steps watched) {
      steps = watched;
      return this;
    }

    Restorer.Restored run() {
      return new Restorer(connector(), steps)
          .restore(
              new Restorer.Request(
                  backup,
                  target,
                  parts,
                  after,
                  Optional.of(ledger()),
                  discard,
                  terminate,
                  unproven,
                  1,
                  project,
                  path(server),
                  time),
              Progress.NONE);
    }
  }
}
