package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.Eventually;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a large database a healthy answer outlives what is written into its tables. */
class LargeHealthMemoryTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final int TABLES = 400;

  /** Bytes of an answer to what the server has seen, and of one to which edition it has. */
  private static final int MOMENT = 1_500;

  private static final int EDITION = 5_000;

  @TempDir private static Path project;
  @TempDir private static Path caches;
  private static String model;

  private final String database = "%s_%d".formatted(model, System.nanoTime());

  @BeforeAll
  static void make() throws IOException {
    String tables =
        IntStream.rangeClosed(1, TABLES)
            .mapToObj(
                "CREATE TABLE t%d (id int PRIMARY KEY, a text NOT NULL, b int UNIQUE, c text DEFAULT 'x');\n"
                    ::formatted)
            .collect(Collectors.joining());
    Files.createDirectories(project.resolve("migrations"));
    Files.writeString(project.resolve("migrations/1_tables.up.sql"), tables);
    model = SERVER.createDatabase();
    SERVER.execute(model, tables);
    SERVER.execute(
        model, "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty bool)");
    SERVER.execute(model, "INSERT INTO schema_migrations VALUES (1, false)");
    InProcess.Result snapshot =
        run(model, SERVER.port(), "snapshot", "--scratch", SERVER.url("postgres"));
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertThat(Files.size(project.resolve("stampguard.lock"))).isGreaterThan(HealthMemory.LARGE);
  }

  private static InProcess.Result run(String database, int port, String... words) {
    Map<String, String> environment = new HashMap<>();
    environment.put("XDG_CACHE_HOME", caches.toString());
    environment.put(
        "DATABASE_URL",
        SERVER.url(database).replace(":" + SERVER.port() + "/", ":" + port + "/")
            + "?sslmode=disable");
    return InProcess.run(project, environment, words);
  }

  /** How many bytes a check is sent that says that all is well. */
  private int healthy(CountingProxy proxy) {
    int before = proxy.bytesReceived();
    InProcess.Result result = run(database, proxy.port(), "check");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.OK.code());
    assertThat(result.err()).isEmpty();
    return proxy.bytesReceived() - before;
  }

  /** The last line of each answer that is kept. */
  private static List<String> keptEditions() throws IOException {
    var editions = new ArrayList<String>();
    if (Files.isDirectory(caches.resolve("stampguard"))) {
      try (Stream<Path> files = Files.list(caches.resolve("stampguard"))) {
        for (Path file : files.toList()) {
          editions.add(Files.readAllLines(file).getLast());
        }
      }
    }
    return editions;
  }

  private boolean isKnownByEdition(CountingProxy proxy, String written) {
    SERVER.execute(database, written);
    SERVER.settle();
    int bytes = healthy(proxy);
    assertThat(bytes).isGreaterThan(MOMENT);
    SERVER.execute(database, "DELETE FROM t1");
    SERVER.settle();
    return bytes < EDITION;
  }

  @Test
  void anAnswerStandsAsLongAsTheCatalogIsTheSame() throws IOException {
    SERVER.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(database, model));
    try (var proxy = new CountingProxy(SERVER.port())) {
      assertThat(healthy(proxy)).as("the first look").isGreaterThan(EDITION);
      assertThat(keptEditions()).as("of the first look").allMatch(String::isEmpty);
      assertThat(Eventually.within(() -> healthy(proxy) < MOMENT)).isTrue();
      for (String written :
          List.of(
              "INSERT INTO t1 VALUES (1, 'a', 1)",
              "VACUUM t1",
              "INSERT INTO t2 VALUES (1, 'a', 1) ON CONFLICT (id) DO UPDATE SET a = 'b'")) {
        assertThat(Eventually.within(() -> isKnownByEdition(proxy, written))).as(written).isTrue();
        assertThat(Eventually.within(() -> healthy(proxy) < MOMENT)).as("then").isTrue();
      }
      SERVER.execute(database, "UPDATE schema_migrations SET dirty = true");
      assertThat(run(database, proxy.port(), "check").exitCode()).isEqualTo(3);
      SERVER.execute(database, "UPDATE schema_migrations SET dirty = false");
      SERVER.settle();
      assertThat(healthy(proxy)).as("a ledger as it was").isBetween(MOMENT, EDITION);
      SERVER.execute(database, "ALTER TABLE t7 ALTER a DROP NOT NULL");
      assertThat(run(database, proxy.port(), "check").exitCode()).isEqualTo(3);
      SERVER.execute(database, "ALTER TABLE t7 ALTER a SET NOT NULL");
      SERVER.settle();
      assertThat(healthy(proxy)).as("rows as they were, by others").isGreaterThan(EDITION);
    }
  }
}
