package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Manifest;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of backup holds, and that every kind takes a repair back. */
@Tag("postgres")
class RoundTripTest {
  private static final QualifiedName CUSTOMERS = new QualifiedName("public", "customers");
  private static final QualifiedName EVENTS = new QualifiedName("public", "events");

  private final PostgresServer server = PostgresServer.shared();
  @TempDir private Path directory;
  private Shop shop;

  @BeforeEach
  void open() {
    shop = Shop.open(server, directory);
  }

  @Test
  void aFullBackupBringsEverythingBack() throws IOException {
    shop.execute("SELECT lo_from_bytea(0, 'large')");
    String content = shop.content();
    DatabaseState state = shop.state();
    Backup backup = shop.backUp(Manifest.Kind.FULL);
    DatabaseState after = change();
    assertThat(shop.content()).isNotEqualTo(content);

    Restorer.Restored restored = shop.restore(backup).after(after).run();

    assertThat(restored.database()).contains(shop.database());
    assertThat(restored.warnings()).isEmpty();
    assertThat(shop.content()).isEqualTo(content);
    assertThat(shop.state().fingerprint()).isEqualTo(state.fingerprint());
    assertThat(shop.state().tables()).isEqualTo(state.tables());
    assertThat(shop.state().largeObjects()).isEqualTo(1);
    String kept = restored.kept().orElseThrow();
    assertThat(kept).isEqualTo(shop.database() + "_before_20251127_035512");
    assertThat(shop.query(kept, "SELECT count(*) FROM added")).containsExactly("2");
    assertThat(backup.manifest().dump().orElseThrow().state().tables()).isEqualTo(state.tables());
  }

  @Test
  void aBackupIsCompleteAndPrivate() throws IOException {
    Backup backup = shop.backUp(Manifest.Kind.FULL);

    assertThat(backup.id()).isEqualTo("20251127T035512Z-" + shop.database());
    assertThat(backup.directory())
        .isEqualTo(directory.resolve(".stampguard/backups/" + backup.id()));
    assertThat(directory.resolve(".stampguard/.gitignore")).hasContent("*");
    assertThat(backup.manifest().files())
        .extracting(Manifest.StoredFile::path)
        .containsExactly("database.dump", "env/0-.env", "properties.json");
    assertThat(shop.store().list().backups()).containsExactly(backup);
    try (var files = Files.walk(directory.resolve(".stampguard"))) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
    assertThat(Files.readString(backup.path(Manifest.NAME)))
        .doesNotContain(Shop.SECRET, "postgres:postgres");
    assertThat(backup.path("env/0-.env")).hasSameBinaryContentAs(directory.resolve(".env"));
    assertThat(verify(backup)).isEmpty();
  }

  /** The rows of other tables stay as they are now, the affected ones go back. */
  @Test
  void anAffectedBackupBringsItsTablesBackAndKeepsTheRest() {
    Backup backup = shop.backUp(Manifest.Kind.AFFECTED, CUSTOMERS, EVENTS);
    assertThat(backup.manifest().dump().orElseThrow().heldTables())
        .containsExactly(
            "public.alembic_version",
            "public.customers",
            "public.events_2024",
            "public.events_2025");
    assertThat(verify(backup)).isEmpty();
    String customers = text("customers");
    String events = text("events");
    String nextCustomer = shop.query("SELECT last_value FROM customers_id_seq").getFirst();
    DatabaseState after = change();
    shop.execute("INSERT INTO orders (customer, amount) VALUES (7, 99999)");
    shop.execute("REFRESH MATERIALIZED VIEW totals; REFRESH MATERIALIZED VIEW best");
    String orders = text("orders");

    shop.restore(backup).after(after).run();

    assertThat(text("customers")).isEqualTo(customers);
    assertThat(text("events")).isEqualTo(events);
    assertThat(text("orders")).isEqualTo(orders);
    assertThat(shop.query("SELECT to_regclass('added')")).containsOnlyNulls();
    assertThat(shop.query("SELECT last_value FROM customers_id_seq")).containsExactly(nextCustomer);
    assertThat(shop.query("SELECT last_value FROM orders_id_seq")).containsExactly("201");
    assertThat(shop.query("SELECT last_value FROM loose")).containsExactly("101");
    assertThat(shop.query("SELECT total FROM best")).hasSize(1).doesNotContainNull();
    assertThat(shop.query("SELECT version_num FROM alembic_version"))
        .containsExactly("f18a2d5c7e90");
  }

  /** Columns that a repair added are gone, the rows that there are now are not. */
  @Test
  void aSchemaBackupBringsTheSchemaBackAndKeepsTheRows() {
    Backup backup = shop.backUp(Manifest.Kind.SCHEMA);
    assertThat(verify(backup)).isEmpty();
    shop.execute("ALTER TABLE orders ADD COLUMN repaired int DEFAULT 7; CREATE TABLE added ()");
    shop.execute("UPDATE alembic_version SET version_num = 'later'");
    DatabaseState after = shop.state();
    shop.execute("INSERT INTO customers (email, note) VALUES ('new@x', 'n')");
    String customers = text("customers");

    Restorer.Restored restored = shop.restore(backup).after(after).run();

    assertThat(restored.warnings()).isEmpty();
    assertThat(text("customers")).isEqualTo(customers);
    assertThat(shop.query("SELECT count(*) FROM orders")).containsExactly("200");
    assertThat(shop.query("SELECT to_regclass('added')")).containsOnlyNulls();
    assertThat(
            shop.query(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass"
                    + " AND attname = 'repaired'"))
        .isEmpty();
    assertThat(shop.query("SELECT version_num FROM alembic_version"))
        .containsExactly("f18a2d5c7e90");
    assertThat(shop.state().fingerprint())
        .isEqualTo(backup.manifest().dump().orElseThrow().state().fingerprint());
  }

  @Test
  void anEnvBackupNeedsNoDatabase() throws IOException {
    var nowhere = shop.request(Manifest.Kind.ENV);
    server.execute("postgres", "DROP DATABASE " + shop.database());
    Backup backup = new BackupMaker(Shop.connector(), shop.store()).make(nowhere, Progress.NONE);
    Path env = directory.resolve(".env");
    byte[] before = Files.readAllBytes(env);
    Files.writeString(env, "other");

    Restorer.Restored restored = shop.restore(backup).run();

    assertThat(env).hasBinaryContent(before);
    assertThat(restored.database()).isEmpty();
    assertThat(restored.envFiles()).hasSize(1);
    assertThat(verify(backup)).isEmpty();
  }

  @Test
  void aDroppedDatabaseIsRestored() {
    String content = shop.content();
    Backup backup = shop.backUp(Manifest.Kind.FULL);
    server.execute("postgres", "DROP DATABASE " + shop.database());

    Restorer.Restored restored = shop.restore(backup).run();

    assertThat(restored.kept()).isEmpty();
    assertThat(shop.content()).isEqualTo(content);
  }

  @Test
  void severalJobsWriteADirectory() {
    String content = shop.content();
    BackupMaker.Request one = shop.request(Manifest.Kind.FULL);
    var two =
        new BackupMaker.Request(
            one.target(),
            one.kind(),
            one.affected(),
            2,
            one.ledger(),
            one.trueState(),
            one.project(),
            one.envFiles(),
            one.path(),
            one.toolVersion(),
            one.time());
    Backup backup = new BackupMaker(Shop.connector(), shop.store()).make(two, Progress.NONE);

    assertThat(backup.path(Backup.DUMP)).isDirectory();
    assertThat(verify(backup)).isEmpty();
    shop.restore(backup).run();
    assertThat(shop.content()).isEqualTo(content);
  }

  /** What repairs do: a table more, columns more, other rows, another ledger. */
  private DatabaseState change() {
    shop.execute(
        """
        CREATE TABLE added AS SELECT n FROM generate_series(1, 2) n;
        ALTER TABLE customers ADD COLUMN added int DEFAULT 3;
        UPDATE customers SET note = 'changed' WHERE id < 10;
        INSERT INTO customers (email) VALUES ('late@x');
        DELETE FROM events WHERE at < '2024-08-01';
        UPDATE alembic_version SET version_num = 'later'
        """);
    return shop.state();
  }

  private String text(String table) {
    return String.join("\n", shop.query("SELECT t::text FROM %s t ORDER BY 1".formatted(table)));
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
}
