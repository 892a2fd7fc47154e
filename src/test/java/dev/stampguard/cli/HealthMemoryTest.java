package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.Eventually;
import dev.stampguard.testing.Folders;
import dev.stampguard.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A healthy answer stands until anything it depends on may have changed, and not longer. */
class HealthMemoryTest {
  /** Asking what the server has seen takes a few hundred bytes, reading the catalog thousands. */
  private static final int SHORT = 1_500;

  private static final Path TRAINING = Path.of("src/main/launcher/training");

  /** Written once: what was written just now is not trusted to be what was read. */
  @TempDir private static Path project;

  @TempDir private Path caches;

  private final PostgresServer server = PostgresServer.shared();

  private final String database = server.createDatabase();

  @BeforeAll
  static void copy() {
    Folders.copy(TRAINING.resolve("project"), project);
  }

  @BeforeEach
  void build() throws IOException {
    server.execute(database, Files.readString(TRAINING.resolve("database.sql")));
  }

  private InProcess.Result check(
      CountingProxy proxy, Map<String, String> environment, String... options) {
    var all = new HashMap<>(environment);
    all.put("XDG_CACHE_HOME", environment.getOrDefault("XDG_CACHE_HOME", caches.toString()));
    String url = server.url(database).replace(":" + server.port() + "/", ":" + proxy.port() + "/");
    all.put("DATABASE_URL", url + "?sslmode=disable");
    return InProcess.run(
        project, all, Stream.concat(Stream.of("check"), Stream.of(options)).toArray(String[]::new));
  }

  /** Whether a check reads no table, having said that all is well. */
  private boolean isShort(CountingProxy proxy, Map<String, String> environment, String... options) {
    int before = proxy.bytesSent();
    InProcess.Result result = check(proxy, environment, options);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.OK.code());
    assertThat(result.err()).isEmpty();
    return proxy.bytesSent() - before < SHORT;
  }

  private boolean isShort(CountingProxy proxy) {
    return isShort(proxy, Map.of());
  }

  /**
   * Checks until an answer stands: that of files which were just written is not kept, and a server
   * cleans up now and then, which is to write something.
   */
  private void answer(CountingProxy proxy) {
    assertThat(Eventually.within(() -> isShort(proxy))).isTrue();
  }

  @Test
  void anAnswerStandsUntilSomethingIsWrittenOnTheServer() throws IOException {
    try (var proxy = new CountingProxy(server.port())) {
      assertThat(isShort(proxy)).as("the first look").isFalse();
      answer(proxy);
      String elsewhere = server.createDatabase();
      assertThat(isShort(proxy)).as("after " + elsewhere + " was made").isFalse();
      answer(proxy);
      server.execute(database, "DROP TABLE orders");
      assertThat(check(proxy, Map.of()).exitCode()).isEqualTo(ExitCode.FINDINGS.code());
      assertThat(check(proxy, Map.of()).exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    }
  }

  @Test
  void anAnswerIsNoAnswerToAnotherQuestion() throws IOException {
    try (var proxy = new CountingProxy(server.port())) {
      answer(proxy);
      assertThat(isShort(proxy, Map.of(), "--require-head")).isFalse();
      assertThat(isShort(proxy, Map.of(), "--fail-on", "info")).isFalse();
      assertThat(isShort(proxy, Map.of("STAMPGUARD_REMEMBER", "false"))).isFalse();
      assertThat(check(proxy, Map.of(), "--output", "json").out()).contains("consistent");
      assertThat(check(proxy, Map.of(), "--verbose").exitCode()).isEqualTo(ExitCode.OK.code());
      server.execute(database, "ALTER DATABASE " + database + " SET search_path = public, other");
      server.execute(database, "CREATE SCHEMA other");
      assertThat(isShort(proxy)).isFalse();
    }
  }

  @Test
  void anAnswerFallsWithTheFilesItCameFrom() throws IOException {
    Path settings = project.resolve("stampguard.properties");
    try (var proxy = new CountingProxy(server.port())) {
      answer(proxy);
      Files.writeString(settings, "# nothing");
      assertThat(isShort(proxy)).as("with other settings").isFalse();
      assertThat(isShort(proxy)).as("with files written just now").isFalse();
    } finally {
      Files.delete(settings);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null/caches", "relative", ""})
  void whoCannotRememberLooks(String place) throws IOException {
    try (var proxy = new CountingProxy(server.port())) {
      for (int run = 0; run < 2; run++) {
        assertThat(isShort(proxy, Map.of("XDG_CACHE_HOME", place))).isFalse();
      }
      assertThat(project.resolve("no-home")).doesNotExist();
    }
  }

  private Path kept() throws IOException {
    try (Stream<Path> files = Files.walk(caches)) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  /** What others may have written, and what has no end. */
  @Test
  void nobodyElsesAnswerIsTaken() throws Exception {
    try (var proxy = new CountingProxy(server.port())) {
      answer(proxy);
      Path kept = kept();
      Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-rw----"));
      assertThat(isShort(proxy)).as("a file that others may write").isFalse();
      answer(proxy);
      Files.setPosixFilePermissions(kept.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(isShort(proxy)).as("a directory that others may write").isFalse();
      assertThat(isShort(proxy)).as("nothing is kept there").isFalse();
      Files.setPosixFilePermissions(kept.getParent(), PosixFilePermissions.fromString("rwx------"));
      for (String odd : List.of("mkfifo", "ln -s /dev/zero")) {
        Files.deleteIfExists(kept);
        var make = new ArrayList<>(List.of(odd.split(" ")));
        make.add(kept.toString());
        assertThat(new ProcessBuilder(make).start().waitFor()).isZero();
        assertThat(isShort(proxy)).as(odd).isFalse();
      }
    }
  }

  /** Neither what is there nor where. */
  @Test
  void whatIsKeptNamesNothing() throws IOException {
    try (var proxy = new CountingProxy(server.port());
        var kept = new ByteArrayOutputStream()) {
      answer(proxy);
      try (Stream<Path> files = Files.walk(caches)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          kept.write(file.toString().getBytes(StandardCharsets.UTF_8));
          kept.write(Files.readAllBytes(file));
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }
      assertThat(kept.toString(StandardCharsets.UTF_8))
          .isNotEmpty()
          .doesNotContain(database, "orders", Integer.toString(proxy.port()));
    }
  }
}
