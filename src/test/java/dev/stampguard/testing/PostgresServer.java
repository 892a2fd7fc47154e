package dev.stampguard.testing;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL per JVM, of the major that {@code stampguard.postgres.major} names, from the
 * embedded binaries the build copied. Started at first use, stopped with the JVM.
 */
public final class PostgresServer {
  private static final long ENOUGH_MEMORY = 2L << 30;

  private static final AtomicInteger NEXT_DATABASE = new AtomicInteger();

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  private static final class Holder {
    static final PostgresServer SHARED =
        start(System.getProperty("stampguard.postgres.major", "18"));
  }

  /** The server every test of this JVM shares; each test makes databases of its own. */
  public static PostgresServer shared() {
    return Holder.SHARED;
  }

  /** Starts a further server of the given major; it stops with the JVM. */
  public static PostgresServer start(String major) {
    Path binaries =
        Path.of(
            System.getProperty("stampguard.postgres.binaries", "target/postgres"), major + ".jar");
    try {
      return new PostgresServer(
          EmbeddedPostgres.builder()
              .setPgBinaryResolver((system, machine) -> archiveIn(binaries))
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("synchronous_commit", "off")
              .setServerConfig("max_connections", "100")
              .setDataDirectory(Files.createTempDirectory(fastDirectory(), "stampguard-postgres"))
              .setPGStartupWait(Duration.ofSeconds(60))
              .start());
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL " + major + " does not start", e);
    }
  }

  /**
   * Where databases are made quickest: in memory where the machine offers enough of it (a container
   * may offer 64 MB), because copying a template database is most of what a small test costs.
   */
  private static Path fastDirectory() throws IOException {
    Path memory = Path.of("/dev/shm");
    boolean enough =
        Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ENOUGH_MEMORY;
    return enough ? memory : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static InputStream archiveIn(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      var archive =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException("no PostgreSQL archive in " + jar));
      Path copy = Files.createTempFile("postgres", ".txz");
      copy.toFile().deleteOnExit();
      try (var in = zip.getInputStream(archive)) {
        Files.write(copy, in.readAllBytes());
      }
      return Files.newInputStream(copy);
    }
  }

  public int port() {
    return postgres.getPort();
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
}
