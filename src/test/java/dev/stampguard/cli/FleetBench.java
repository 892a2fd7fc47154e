package dev.stampguard.cli;

import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A project of two revisions, and databases in every state of it, to be dropped at the end. */
final class FleetBench implements AutoCloseable {
  static final String LEDGER =
      "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);";
  static final String FIRST =
      "CREATE TABLE users (id serial PRIMARY KEY, email text);"
          + "CREATE TYPE mood AS ENUM ('happy', 'sad');"
          + "CREATE INDEX ix_users_email ON users (email);";
  static final String SECOND =
      "CREATE TABLE notes (id serial PRIMARY KEY, user_id integer REFERENCES users (id),"
          + " mood mood DEFAULT 'happy');";

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final PostgresServer server;
  private final Path project;
  private final String prefix = "fleet%d_".formatted(NEXT.incrementAndGet());
  private final List<String> databases = new ArrayList<>();

  FleetBench(PostgresServer server, Path project) {
    this.server = server;
    this.project = project;
    write(project);
  }

  /** Writes the scripts. */
  static void write(Path project) {
    new AlembicFiles(project)
        .revision(
            "a1",
            "None",
            """
            op.create_table(
                "users",
                sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("email", sa.Text),
            )
            op.execute("CREATE TYPE mood AS ENUM ('happy', 'sad')")
            op.create_index("ix_users_email", "users", ["email"])
            """)
        .revision(
            "a2",
            "'a1'",
            """
            op.execute('''
                CREATE TABLE notes (
                    id serial PRIMARY KEY,
                    user_id integer REFERENCES users (id),
                    mood mood DEFAULT 'happy'
                )
            ''')
            """);
  }

  /** The pattern of this bench's databases. */
  String glob() {
    return prefix + "*";
  }

  /** A database as the scripts leave it. */
  String healthy(String name) {
    return database(name, LEDGER + FIRST + SECOND + stamp("a2"));
  }

  /** A database of which the second revision is pending. */
  String behind(String name) {
    return database(name, LEDGER + FIRST + stamp("a1"));
  }

  /** A database whose second revision never ran. */
  String hollow(String name) {
    return database(name, LEDGER + FIRST + stamp("a2"));
  }

  static String stamp(String revision) {
    return "INSERT INTO alembic_version VALUES ('" + revision + "');";
  }

  String database(String name, String sql) {
    String database = prefix + name;
    server.createDatabase(database);
    databases.add(database);
    server.execute(database, sql);
    return database;
  }

  /** Something to be dropped at the end. */
  void drops(String database) {
    databases.add(database);
  }

  /** The target of {@link #check}: the first database. */
  String url() {
    return server.url(databases.getFirst());
  }

  InProcess.Result check(String... options) {
    return check(Map.of(), options);
  }

  /** Runs {@code check} with the first database as target. */
  InProcess.Result check(Map<String, String> environment, String... options) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("DATABASE_URL", url());
    variables.putAll(environment);
    var command = new ArrayList<String>(List.of("check"));
    command.addAll(List.of(options));
    return InProcess.run(project, variables, command.toArray(String[]::new));
  }

  @Override
  public void close() {
    for (String database : databases) {
      server.execute("postgres", "DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(database));
    }
  }
}
