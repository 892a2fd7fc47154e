package dev.stampguard.testing;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL per JVM, of the major that {@code stampguard.postgres.major} names: a container
 * where a Docker engine answers, the embedded binaries otherwise. {@code stampguard.postgres}, of
 * value {@code embedded} or {@code container}, forces one. Started at first use, stopped with the
 * JVM.
 */
public final class PostgresServer {
  /** Quick rather than safe: nothing in a test's server outlives the JVM. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "off",
          "full_page_writes", "off",
          "synchronous_commit", "off",
          "max_connections", "100",
          // The benchmark dumps 10,000 tables, each of which is locked.
          "max_locks_per_transaction", "256",
          "max_prepared_transactions", "5");

  private static final AtomicInteger NEXT_DATABASE = new AtomicInteger();
  private static final Map<String, PostgresServer> BY_MAJOR = new ConcurrentHashMap<>();

  private final RunningPostgres postgres;

  private PostgresServer(RunningPostgres postgres) {
    this.postgres = postgres;
  }

  private static final class Holder {
    static final PostgresServer SHARED = start(major());
  }

  private static final class LocalHolder {
    static final PostgresServer LOCAL =
        switch (shared().postgres) {
          case EmbeddedServer embedded -> shared();
          case ContainerServer container -> embedded(major());
        };
  }

  /** The server every test of this JVM shares; each test makes databases of its own. */
  public static PostgresServer shared() {
    return Holder.SHARED;
  }

  /**
   * A server of the same major whose files and socket directory this JVM sees: the shared one,
   * unless that runs in a container.
   */
  public static PostgresServer local() {
    return LocalHolder.LOCAL;
  }

  /** The JVM's one server of this major, for tests that need several majors at once. */
  public static PostgresServer of(String major) {
    return major.equals(major())
        ? shared()
        : BY_MAJOR.computeIfAbsent(major, PostgresServer::start);
  }

  /** Starts a further server of the given major; it stops with the JVM. */
  public static PostgresServer start(String major) {
    String wanted = System.getProperty("stampguard.postgres", "");
    return switch (wanted) {
      case "embedded" -> embedded(major);
      case "container" -> container(major);
      case "" -> containerIfPossible(major);
      default -> throw new IllegalArgumentException("stampguard.postgres is `" + wanted + "`");
    };
  }

  private static String major() {
    return System.getProperty("stampguard.postgres.major", "18");
  }

  private static PostgresServer embedded(String major) {
    return new PostgresServer(EmbeddedServer.start(major, SETTINGS));
  }

  private static PostgresServer container(String major) {
    if (!dockerAnswers()) {
      throw new IllegalStateException("a container is wanted, and no Docker engine answers");
    }
    return new PostgresServer(ContainerServer.start(major, SETTINGS));
  }

  private static PostgresServer containerIfPossible(String major) {
    if (!dockerAnswers()) {
      return embedded(major);
    }
    try {
      return container(major);
    } catch (RuntimeException e) {
      System.err.printf(
          "postgres:%s does not start as a container (%s); the embedded binaries serve%n",
          major, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return embedded(major);
    }
  }

  private static boolean dockerAnswers() {
    return DockerEngine.answers(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  public int port() {
    return postgres.port();
  }

  /** Where its programs are on the machine it runs on. */
  public Path programs() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
      rows.next();
      return Path.of(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Creates an empty database with a name of its own and returns the name. */
  public String createDatabase() {
    String name = "db" + NEXT_DATABASE.incrementAndGet();
    createDatabase(name);
    return name;
  }

  /** Creates an empty database of this name. */
  public void createDatabase(String name) {
    execute("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE template0");
  }

  /** Opens a superuser connection to one database; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {port()});
    source.setDatabaseName(database);
    source.setUser("postgres");
    source.setPassword("postgres");
    return source.getConnection();
  }

  /** Runs SQL, several statements allowed, as superuser. */
  public void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
    }
  }

  /**
   * Waits until its log is on disk as far as it is written, which this server does in its own time.
   */
  public void settle() {
    if (!Eventually.within(
        () ->
            texts("postgres", "SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()")
                .equals(List.of("t")))) {
      throw new IllegalStateException("the log does not get to disk");
    }
  }

  /** The database as stampguard's superuser target. */
  public Target target(String database) {
    return new Target(
        database,
        List.of(new Target.Endpoint("localhost", port())),
        "postgres",
        Optional.of(new Secret("postgres")),
        Map.of(),
        "test");
  }

  /** A URL for the database as a script would write it. */
  public String url(String database) {
    return "postgresql://postgres:postgres@localhost:%d/%s".formatted(port(), database);
  }

  /** The first column of a query's rows. */
  public List<String> texts(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
