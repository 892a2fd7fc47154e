package dev.stampguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** A real PgBouncer in transaction mode in front of a server, with its settings as they come. */
public final class PgBouncer implements AutoCloseable {
  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one. Without the program the test is skipped, and fails where CI is true.
   *
   * @param directory an empty one for its files
   */
  public static PgBouncer start(PostgresServer server, Path directory) {
    try {
      int port = freePort();
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path users = Files.writeString(directory.resolve("users.txt"), "\"postgres\" \"postgres\"\n");
      Path settings =
          Files.writeString(
              directory.resolve("pgbouncer.ini"),
              """
              [databases]
              * = host=127.0.0.1 port=%d

              [pgbouncer]
              listen_addr = 127.0.0.1
              listen_port = %d
              unix_socket_dir =
              auth_type = trust
              auth_file = %s
              pool_mode = transaction
              """
                  .formatted(server.port(), port, users));
      var command = new ArrayList<>(List.of(program().toString(), "--quiet"));
      if (System.getProperty("user.name").equals("root")) {
        command.addAll(List.of("--user", "nobody"));
      }
      command.add(settings.toString());
      Path log = directory.resolve("log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      var started = new PgBouncer(process, port);
      if (!Eventually.within(started::accepts)) {
        started.close();
        throw new IllegalStateException("PgBouncer did not start: " + Files.readString(log));
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    List<String> directories =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)),
                Stream.of("/usr/sbin"))
            .toList();
    for (String directory : directories) {
      Path program = Path.of(directory, "pgbouncer");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    String message = "there is no pgbouncer on this machine";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(message);
    }
    System.err.println("SKIPPED: " + message);
    Assumptions.abort(message);
    throw new IllegalStateException(message);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** A database of its server, by way of it. */
  public String url(String database) {
    return "postgresql://postgres:postgres@127.0.0.1:%d/%s".formatted(port, database);
  }

  /** A connection to a database of its server, by way of it; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser("postgres");
    source.setPassword("postgres");
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    // Else it sends a setting that PgBouncer refuses.
    source.setAssumeMinServerVersion("13");
    return source.getConnection();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
