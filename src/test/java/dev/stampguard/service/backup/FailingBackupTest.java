package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.Manifest;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.testing.FakePrograms;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that cannot be made leaves nothing behind and older ones alone. */
@Tag("postgres")
class FailingBackupTest {
  private final PostgresServer server = PostgresServer.shared();
  private final PostgresClient real = Shop.client(server);
  @TempDir private Path directory;
  private Shop shop;
  private Backup older;

  @BeforeEach
  void open() throws IOException {
    shop = Shop.open(server, Files.createDirectory(directory.resolve("project")));
    older = shop.backUp(Manifest.Kind.FULL);
  }

  @Test
  void aFullDiskIsOneSentence() throws IOException {
    assertNothingLeft(
        () -> make(fake("pg_dump", "ulimit -f 1; exec \"$real\" \"$@\"")),
        ExitCode.CHANGE_FAILED,
        "`pg_dump` failed on `%s`: ".formatted(shop.database()));
  }

  @Test
  void aDumpThatStopsIsNotTakenForOne() throws IOException {
    assertNothingLeft(
        () ->
            make(
                fake(
                    "pg_dump",
                    "\"$real\" \"$@\"; echo 'pg_dump: error: could not write to output file: No"
                        + " space left on device' >&2; exit 1")),
        ExitCode.CHANGE_FAILED,
        "No space left on device");
  }

  @Test
  void whatMayNotBeReadIsNamed() throws IOException {
    String role = "reader_" + shop.database();
    server.execute("postgres", "CREATE ROLE %s LOGIN".formatted(role));
    shop.execute("GRANT SELECT ON alembic_version TO " + role);
    BackupMaker.Request request =
        as(Connectors.as(shop.target(), role), shop.request(Manifest.Kind.FULL));

    assertNothingLeft(
        () -> new BackupMaker(Shop.connector(), shop.store()).make(request, Progress.NONE),
        ExitCode.NO_ACCESS,
        "permission denied",
        role);
  }

  @Test
  void aSchemaThatChangesMeanwhileIsNoBackup() throws IOException {
    assertNothingLeft(
        () ->
            new BackupMaker(
                    Shop.connector(),
                    shop.store(),
                    step -> {
                      if (step.equals("dump")) {
                        shop.execute("CREATE TABLE sudden ()");
                      }
                    })
                .make(shop.request(Manifest.Kind.FULL), Progress.NONE),
        ExitCode.REFUSED,
        "the schema of `%s` changed while it was backed up".formatted(shop.database()));
  }

  /** The manifest says what the dump holds, whatever is written in between. */
  @Test
  void whatIsWrittenMeanwhileIsInNeither() {
    Backup backup =
        new BackupMaker(
                Shop.connector(),
                shop.store(),
                step -> {
                  if (step.equals("dump")) {
                    shop.execute("DELETE FROM orders");
                  }
                })
            .make(shop.request(Manifest.Kind.FULL), Progress.NONE);

    assertThat(backup.manifest().dump().orElseThrow().state().tables().get("public.orders").rows())
        .isEqualTo(200);
    assertThat(verify(backup)).isEmpty();
  }

  @Test
  void largeObjectsAreInFullBackupsOnly() throws IOException {
    shop.execute("SELECT lo_from_bytea(0, 'x')");
    for (Manifest.Kind kind : List.of(Manifest.Kind.SCHEMA, Manifest.Kind.AFFECTED)) {
      assertNothingLeft(
          () -> shop.backUp(kind, new QualifiedName("public", "customers")),
          ExitCode.REFUSED,
          "1 large objects");
    }
  }

  @Test
  void aLockedTableIsNotWaitedForForever() throws SQLException, IOException {
    try (Connection session = server.connect(shop.database());
        Statement statement = session.createStatement()) {
      statement.execute("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");

      assertNothingLeft(
          () -> shop.backUp(Manifest.Kind.FULL), ExitCode.REFUSED, "locked", "`public.orders`");
    }
  }

  /** Nothing that shows in the list of processes, or is written, holds the password. */
  @Test
  void thePasswordShowsNowhere() throws IOException {
    Path seen = directory.resolve("seen");
    String path =
        fake(
            "pg_dump",
            "tr '\\0' ' ' </proc/$$/cmdline >>'%s'; exec \"$real\" \"$@\"".formatted(seen));
    Target secret =
        new Target(
            shop.database(),
            shop.target().endpoints(),
            "postgres",
            Optional.of(new Secret(Shop.SECRET)),
            shop.target().parameters(),
            "test");

    Backup backup =
        new BackupMaker(Shop.connector(), shop.store())
            .make(as(secret, withPath(shop.request(Manifest.Kind.FULL), path)), Progress.NONE);

    assertThat(seen).content().contains("--snapshot=", shop.database()).doesNotContain(Shop.SECRET);
    assertThat(Files.readString(backup.path(Manifest.NAME))).doesNotContain(Shop.SECRET);
    assertThat(Files.readString(backup.path(Backup.PROPERTIES))).doesNotContain(Shop.SECRET);
  }

  @Test
  void aSecretSettingIsNotInTheManifest() throws IOException {
    server.execute(
        "postgres",
        "ALTER DATABASE %s SET app.jwt_secret = '%s'".formatted(shop.database(), Shop.SECRET));

    Backup backup = shop.backUp(Manifest.Kind.FULL);

    assertThat(Files.readString(backup.path(Manifest.NAME))).doesNotContain(Shop.SECRET);
    assertThat(backup.properties().settings()).hasSize(1);
  }

  @Test
  void aDamagedBackupIsFoundOut() throws IOException {
    assertThat(verify(older)).isEmpty();
    Path dump = older.path(Backup.DUMP);
    byte[] bytes = Files.readAllBytes(dump);
    bytes[bytes.length - 10] ^= 1;
    Files.write(dump, bytes);
    assertThat(verify(older))
        .containsExactly("`database.dump` has another content than when it was written");

    Files.write(dump, new byte[10]);
    assertThat(verify(older))
        .containsExactly("`database.dump` has 10 bytes instead of %d".formatted(bytes.length));
    Files.delete(dump);
    assertThat(verify(older)).containsExactly("`database.dump` cannot be read");
  }

  /** A dump that is whole and yet not what the manifest says. */
  @Test
  void aBackupOfSomethingElseIsFoundOut() {
    Backup backup =
        new BackupMaker(Shop.connector(), shop.store())
            .make(
                withPath(
                    shop.request(Manifest.Kind.FULL),
                    fake(
                        "pg_dump",
                        "exec \"$real\" --exclude-table-data=public.orders"
                            + " --exclude-table=best \"$@\"")),
                Progress.NONE);

    assertThat(verify(backup)).containsExactly("`public.orders` has 0 rows instead of 200");
    assertThatThrownBy(() -> shop.restore(backup).run())
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CHANGE_FAILED);
              assertThat(e).hasMessageContaining("`public.orders` has 0 rows instead of 200");
            });
    assertThat(shop.query("SELECT count(*) FROM orders")).containsExactly("200");
    assertThat(shop.restore(backup).unproven().run().warnings()).hasSize(1);
    assertThat(shop.query("SELECT count(*) FROM orders")).containsExactly("0");
  }

  private String fake(String program, String script) {
    return FakePrograms.around(directory.resolve("bin"), real).replace(program, real, script).path()
        + ":"
        + System.getenv("PATH");
  }

  private void make(String path) {
    new BackupMaker(Shop.connector(), shop.store())
        .make(withPath(shop.request(Manifest.Kind.FULL), path), Progress.NONE);
  }

  private void assertNothingLeft(ThrowingCallable call, ExitCode exitCode, String... parts)
      throws IOException {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.getMessage()).contains(parts);
              assertThat(e.exitCode()).isEqualTo(exitCode);
            });
    BackupStore store = shop.store();
    try (Stream<Path> files = Files.list(store.directory())) {
      assertThat(files).containsExactly(older.directory());
    }
    older.requireIntact();
  }

  private List<String> verify(Backup backup) {
    return new BackupVerifier(Shop.connector())
        .verify(
            new BackupVerifier.Request(
                backup,
                new ScratchPlacement.TargetServer(),
                Optional.of(server.target("postgres")),
                1,
                Shop.path(server)),
            Progress.NONE);
  }

  private static BackupMaker.Request as(Target target, BackupMaker.Request request) {
    return new BackupMaker.Request(
        target,
        request.kind(),
        request.affected(),
        request.jobs(),
        request.ledger(),
        request.trueState(),
        request.project(),
        request.envFiles(),
        request.path(),
        request.toolVersion(),
        request.time());
  }

  private static BackupMaker.Request withPath(BackupMaker.Request request, String path) {
    return new BackupMaker.Request(
        request.target(),
        request.kind(),
        request.affected(),
        request.jobs(),
        request.ledger(),
        request.trueState(),
        request.project(),
        request.envFiles(),
        path,
        request.toolVersion(),
        request.time());
  }
}
