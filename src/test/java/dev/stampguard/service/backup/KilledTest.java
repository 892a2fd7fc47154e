package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.Manifest;
import dev.stampguard.testing.FakePrograms;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL at every step: before or after, and the next run cleans up. */
class KilledTest {
  private static final int KILLED = 137;

  private final PostgresServer server = PostgresServer.shared();
  private final PostgresClient real = Shop.client(server);
  @TempDir private Path directory;
  private Shop shop;
  private Set<String> known;

  @BeforeEach
  void open() throws IOException {
    shop = Shop.open(server, Files.createDirectory(directory.resolve("project")));
    // Other tests may leave scratch databases on the shared server.
    known = Set.copyOf(shop.databases());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin",
        "copy env files",
        "read state",
        "dump",
        "in pg_dump",
        "write manifest",
        "complete",
        "end"
      })
  void aBackupIsThereAsAWholeOrNotAtAll(String step) throws IOException, InterruptedException {
    String content = shop.content();

    assertThat(Victim.run(shop, server.port(), path(step, "pg_dump"), "create", step))
        .isEqualTo(KILLED);

    BackupStore.Listing left = shop.store().list();
    assertThat(left.damaged()).isEmpty();
    assertThat(left.backups())
        .hasSize(step.equals("end") ? 1 : 0)
        .allMatch(b -> b.damages().isEmpty());
    assertThat(shop.content()).isEqualTo(content);
    Backup backup = shop.backUp(Manifest.Kind.FULL);
    assertThat(shop.store().directory().toFile().list())
        .noneMatch(name -> name.startsWith("."))
        .hasSize(left.backups().size() + 1);
    assertThat(backup.damages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare",
        "create",
        "fill",
        "in pg_restore",
        "prove",
        "finish",
        "swap",
        "swapped",
        "restore env files",
        "end"
      })
  void aDatabaseIsBeforeOrAfterARestore(String step) throws IOException, InterruptedException {
    String before = shop.content();
    Backup backup = shop.backUp(Manifest.Kind.FULL);
    shop.execute("UPDATE customers SET note = 'later'; DROP TABLE orders CASCADE");
    shop.execute(
        "CREATE TABLE orders AS SELECT 1 AS id; CREATE SEQUENCE orders_id_seq;"
            + " CREATE TABLE totals (); CREATE TABLE best ()");
    Path env = shop.project().resolve(".env");
    byte[] file = Files.readAllBytes(env);
    Files.writeString(env, "later");
    String later = shop.content();

    assertThat(Victim.run(shop, server.port(), path(step, "pg_restore"), backup.id(), step))
        .isEqualTo(KILLED);

    boolean isSwapped = List.of("swapped", "restore env files", "end").contains(step);
    assertThat(shop.content()).isEqualTo(isSwapped ? before : later);
    shop.restore(backup).discard().at(Shop.TIME.plusSeconds(60)).run();
    assertThat(shop.content()).isEqualTo(before);
    assertThat(env).hasBinaryContent(file);
    assertThat(shop.databases().stream().filter(name -> name.startsWith(shop.database() + "_")))
        .hasSize(isSwapped ? 2 : 1);
    assertNoScratchLeft(backup);
  }

  /** What the killed run had started may be at work a moment longer. */
  private void assertNoScratchLeft(Backup backup) throws InterruptedException {
    Instant limit = Instant.now().plus(Duration.ofSeconds(20));
    int run = 2;
    while (shop.databases().stream().anyMatch(this::isNewScratch)) {
      assertThat(Instant.now()).isBefore(limit);
      Thread.sleep(200);
      shop.restore(backup).discard().at(Shop.TIME.plusSeconds(60L * run++)).run();
    }
  }

  private boolean isNewScratch(String name) {
    return name.startsWith("stampguard_scratch_") && !known.contains(name);
  }

  /** A program that kills the one that runs it, and goes on. */
  private String path(String step, String program) {
    String path = Shop.path(server);
    return step.startsWith("in ")
        ? FakePrograms.around(directory.resolve("bin"), real)
                .replace(program, real, "kill -9 $PPID; exec \"$real\" \"$@\"")
                .path()
            + ":"
            + path
        : path;
  }
}
