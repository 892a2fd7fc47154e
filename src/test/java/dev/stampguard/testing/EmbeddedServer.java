package dev.stampguard.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipFile;

/** PostgreSQL from the embedded binaries that the build copied. */
record EmbeddedServer(EmbeddedPostgres postgres) implements RunningPostgres {
  private static final long ENOUGH_MEMORY = 2L << 30;

  /** Starts a server of this major with these settings. */
  static EmbeddedServer start(String major, Map<String, String> settings) {
    Path binaries =
        Path.of(
            System.getProperty("stampguard.postgres.binaries", "target/postgres"), major + ".jar");
    try {
      var builder =
          EmbeddedPostgres.builder()
              .setPgBinaryResolver((system, machine) -> archiveIn(binaries))
              .setDataDirectory(Files.createTempDirectory(fastDirectory(), "stampguard-postgres"))
              .setPGStartupWait(Duration.ofSeconds(60));
      settings.forEach(builder::setServerConfig);
      return new EmbeddedServer(builder.start());
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL " + major + " does not start", e);
    }
  }

  @Override
  public int port() {
    return postgres.getPort();
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
}
