package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Manifest;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a restore would lose it names, and then it changes nothing. */
@Tag("postgres")
class RestoreRefusalTest {
  private final PostgresServer server = PostgresServer.shared();
  @TempDir private Path directory;
  private Shop shop;
  private Set<String> known;
  private Backup backup;

  @BeforeEach
  void backUp() {
    shop = Shop.open(server, directory);
    backup = shop.backUp(Manifest.Kind.FULL);
    // Other tests may leave scratch databases on the shared server.
    known = Set.copyOf(shop.databases());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO orders (customer) VALUES (1), (2) | `public.orders` (2 rows written)
          UPDATE customers SET note = 'x' WHERE id = 3 | `public.customers` (1 row written)
          UPDATE customers SET note = note WHERE id < 6 | `public.customers` (5 rows written)
          DELETE FROM events WHERE at = '2025-01-03' | `public.events_2025` (1 row fewer)
          TRUNCATE "Odd ""schema"."odd.table" | `"Odd ""schema"."odd.table"` (3 rows fewer)
          ALTER TABLE orders ADD COLUMN x int | `public.orders` (altered)
          CREATE INDEX ON orders (amount) | `public.orders` (altered)
          CREATE TABLE fresh AS SELECT 1 AS n | `public.fresh` (made since, 1 row)
          DROP TABLE "Odd ""schema"."odd.table" | `"Odd ""schema"."odd.table"` (dropped since)
          CREATE VIEW fresh AS SELECT 1 AS n | the schema (other objects than tables were changed)
          UPDATE alembic_version SET version_num = 'b' | `public.alembic_version` (1 row written), the ledger (records `b` instead of `f18a2d5c7e90`)
          SELECT lo_from_bytea(0, 'x') | large objects (1 instead of 0)
          """)
  void whatSomebodyDidSinceIsNamed(String sql, String loss) {
    shop.execute(sql);
    String content = shop.state().toString();

    assertFails(
        () -> shop.restore(backup).run(),
        ExitCode.REFUSED,
        "somebody has written to `%s` since, which would be lost: %s"
            .formatted(shop.database(), loss));

    assertThat(shop.state().tables().toString()).isSubstringOf(content);
    assertNothingMade();
  }

  @Test
  void whatMayBeLostIs() {
    String content = shop.content();
    shop.execute("DELETE FROM events; ALTER TABLE customers ADD COLUMN x int");

    String kept = shop.restore(backup).discard().run().kept().orElseThrow();

    assertThat(shop.content()).isEqualTo(content);
    assertThat(shop.query(kept, "SELECT count(*) FROM events")).containsExactly("0");
  }

  /** Deleting and inserting as many rows, or undoing an update, is no change that counts show. */
  @Test
  void asManyRowsAsBeforeAreNotTheSameRows() {
    shop.execute(
        "DELETE FROM events WHERE at = '2025-01-03'; INSERT INTO events VALUES ('2025-01-03', 'y')");

    assertFails(
        () -> shop.restore(backup).run(),
        ExitCode.REFUSED,
        "somebody has written to `%s` since, which would be lost: `public.events_2025` (1 row written)"
            .formatted(shop.database()));
  }

  /** A transaction that was open when the state was read is not part of it. */
  @Test
  void whatWasUncommittedThenCounts() throws SQLException {
    DatabaseState state;
    try (Connection session = server.connect(shop.database());
        Statement statement = session.createStatement()) {
      statement.execute("BEGIN; UPDATE customers SET note = 'open' WHERE id = 1");
      shop.execute("CREATE TABLE bystander ()");
      state = shop.state();
      statement.execute("COMMIT");
    }

    assertFails(
        () -> shop.restore(backup).after(state).run(),
        ExitCode.REFUSED,
        "somebody has written to `%s` since, which would be lost: `public.customers` (1 row written)"
            .formatted(shop.database()));
  }

  @Test
  void whatWasRolledBackOrVacuumedDoesNotCount() {
    shop.execute("BEGIN; UPDATE customers SET note = 'x'; ROLLBACK");
    for (String sql : new String[] {"VACUUM FULL customers", "VACUUM FREEZE orders", "ANALYZE"}) {
      shop.execute(sql);
    }

    assertThat(shop.restore(backup).run().kept()).isPresent();
  }

  /** What a repair did may go, what came after it may not. */
  @Test
  void whatIsKnownToBeTheRepairsMayGo() {
    shop.execute("CREATE TABLE repaired AS SELECT 1 AS n; UPDATE customers SET note = 'repaired'");
    DatabaseState after = shop.state();
    assertFails(
        () -> shop.restore(backup).run(), ExitCode.REFUSED, "somebody has written", "repaired");
    shop.execute("INSERT INTO repaired VALUES (2)");

    assertFails(
        () -> shop.restore(backup).after(after).run(),
        ExitCode.REFUSED,
        "somebody has written to `%s` since, which would be lost: `public.repaired` (1 row written)"
            .formatted(shop.database()));

    shop.execute("DELETE FROM repaired WHERE n = 2");
    shop.restore(backup).after(after).run();
    assertThat(shop.query("SELECT to_regclass('repaired')")).containsOnlyNulls();
  }

  /** Rows of tables whose rows are taken over are not lost. */
  @Test
  void onlyWhatAnAffectedBackupHoldsCanBeLost() {
    Backup affected = shop.backUp(Manifest.Kind.AFFECTED, new QualifiedName("public", "customers"));
    shop.execute("INSERT INTO orders (customer) VALUES (1)");

    shop.restore(affected).run();

    assertThat(shop.query("SELECT count(*) FROM orders")).containsExactly("201");
    shop.execute("INSERT INTO customers (email) VALUES ('n@x')");
    assertFails(
        () -> shop.restore(affected).run(), ExitCode.REFUSED, "`public.customers`", "rows written");
  }

  @Test
  void aRowThatRefersToNothingAfterwardsIsNotSwappedIn() {
    Backup affected = shop.backUp(Manifest.Kind.AFFECTED, new QualifiedName("public", "customers"));
    shop.execute("INSERT INTO customers (id, email) VALUES (900, 'n@x')");
    DatabaseState after = shop.state();
    shop.execute("INSERT INTO orders (customer) VALUES (900)");

    assertFails(
        () -> shop.restore(affected).after(after).run(),
        ExitCode.CHANGE_FAILED,
        "`pg_restore` failed",
        "violates foreign key constraint");
    assertNothingMade();
  }

  /** Between the comparison and the swap lies the time that restoring takes. */
  @Test
  void whatIsWrittenMeanwhileIsNotLostEither() {
    assertFails(
        () ->
            shop.restore(backup)
                .steps(at("swap", "INSERT INTO orders (customer) VALUES (1)"))
                .run(),
        ExitCode.REFUSED,
        "`public.orders` (1 row written)");
    assertNothingMade();
    assertThat(shop.query("SELECT count(*) FROM orders")).containsExactly("201");
  }

  /** Also before the rows are copied that the backup does not hold. */
  @ParameterizedTest
  @ValueSource(strings = {"create", "fill", "prove", "swap"})
  void rowsThatAnAffectedBackupHoldsAreWatchedAllTheTime(String moment) {
    Backup affected = shop.backUp(Manifest.Kind.AFFECTED, new QualifiedName("public", "customers"));

    assertFails(
        () ->
            shop.restore(affected)
                .steps(at(moment, "UPDATE customers SET note = 'meanwhile' WHERE id = 1"))
                .run(),
        ExitCode.REFUSED,
        "`public.customers` (1 row written)");
    assertNothingMade();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "fill", "prove", "swap"})
  void aTableThatIsMadeMeanwhileIsNotLost(String moment) {
    Backup schema = shop.backUp(Manifest.Kind.SCHEMA);

    assertFails(
        () -> shop.restore(schema).steps(at(moment, "CREATE TABLE fresh AS SELECT 1 AS n")).run(),
        ExitCode.REFUSED,
        "`public.fresh` (made since, 1 row)");
    assertNothingMade();
  }

  /** Rows that are copied anyhow may change until they are. */
  @Test
  void whatIsWrittenBeforeTheCopyIsCopied() {
    Backup affected = shop.backUp(Manifest.Kind.AFFECTED, new QualifiedName("public", "customers"));

    shop.restore(affected).steps(at("fill", "INSERT INTO orders (customer) VALUES (1)")).run();

    assertThat(shop.query("SELECT count(*) FROM orders")).containsExactly("201");
  }

  private Steps at(String moment, String sql) {
    return step -> {
      if (step.equals(moment)) {
        shop.execute(sql);
      }
    };
  }

  @Test
  void whoIsConnectedIsNamedBeforeAnythingIsDone() throws SQLException {
    try (Connection session = server.connect(shop.database());
        Statement statement = session.createStatement()) {
      statement.execute("SET application_name = 'run_e2e.py'");
      assertFails(
          () ->
              shop.restore(backup)
                  .steps(
                      step -> {
                        throw new IllegalStateException(step);
                      })
                  .run(),
          ExitCode.REFUSED,
          "`%s` is in use".formatted(shop.database()),
          "(run_e2e.py, role postgres)");
      assertThat(session.isValid(1)).isTrue();

      shop.restore(backup).terminate().run();
      assertThat(session.isValid(1)).isFalse();
    }
  }

  @Test
  void withoutTheRightToMakeDatabasesNothingChanges() {
    String role = "pauper_" + shop.database();
    server.execute(
        "postgres", "CREATE ROLE %s LOGIN; GRANT pg_read_all_data TO %1$s".formatted(role));

    assertFails(
        () -> shop.restore(backup).as(Connectors.as(shop.target(), role)).run(),
        ExitCode.NO_ACCESS,
        "role `%s` may not create a database owned by `postgres`".formatted(role));
    assertNothingMade();
  }

  @Test
  void aDamagedBackupIsNotRestored() throws IOException {
    Path dump = backup.path(Backup.DUMP);
    byte[] bytes = Files.readAllBytes(dump);
    bytes[bytes.length / 2] ^= 1;
    Files.write(dump, bytes);

    assertFails(
        () -> shop.restore(backup).run(),
        ExitCode.REFUSED,
        "the backup `%s` is damaged: `database.dump` has another content".formatted(backup.id()));
    assertNothingMade();
  }

  @Test
  void anotherDatabaseOfTheNameIsNotTakenForTheSame() {
    server.execute("postgres", "DROP DATABASE " + shop.database());
    server.createDatabase(shop.database());
    Shop.open(server, directory, shop.database());

    assertFails(
        () -> shop.restore(backup).run(), ExitCode.REFUSED, "`public.customers` (50 rows written)");
  }

  private void assertNothingMade() {
    assertThat(known).containsAll(shop.databases());
  }

  private static void assertFails(ThrowingCallable call, ExitCode exitCode, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.getMessage()).contains(parts);
              assertThat(e.exitCode()).isEqualTo(exitCode);
            });
  }
}
