package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a command waits for the server, from the connection's first byte to its last. The
 * project and its lock file are those that the build's training runs on.
 */
@Tag("postgres")
class RoundTripsTest {
  /** Whether the server encrypts, which the driver has to ask. */
  private static final int ENCRYPTION = 1;

  /** The tests' servers trust whoever connects; with a password SCRAM takes two more. */
  private static final int LOGIN = 1;

  private static final Path TRAINING = Path.of("src/main/launcher/training");

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @BeforeEach
  void build() throws IOException {
    server.execute(database, Files.readString(TRAINING.resolve("database.sql")));
  }

  private int roundTrips(String parameters, ExitCode expected, String... command)
      throws IOException {
    try (var proxy = new CountingProxy(server.port())) {
      String url =
          server.url(database).replace(":" + server.port() + "/", ":" + proxy.port() + "/");
      InProcess.Result result =
          InProcess.run(
              TRAINING.resolve("project").toAbsolutePath(),
              Map.of("DATABASE_URL", url + parameters),
              command);
      assertThat(result.exitCode()).as(result.err()).isEqualTo(expected.code());
      return proxy.roundTrips();
    }
  }

  /** One message for all there is to ask: no more than {@code psql -c 'select 1'} takes. */
  @Test
  void checkLooksInOne() throws IOException {
    assertThat(roundTrips("", ExitCode.OK, "check")).isEqualTo(ENCRYPTION + LOGIN + 1);
  }

  @Test
  void whoAsksForNoEncryptionIsNotAskedEither() throws IOException {
    assertThat(roundTrips("?sslmode=disable", ExitCode.OK, "check")).isEqualTo(LOGIN + 1);
  }

  @Test
  void aBadAnswerIsConfirmedByASecondLookOnTheSameConnection() throws IOException {
    server.execute(database, "DROP TABLE orders");
    assertThat(roundTrips("", ExitCode.FINDINGS, "check")).isEqualTo(ENCRYPTION + LOGIN + 2);
  }

  /** A rule is one of the things that the quick reading leaves to the thorough one. */
  @Test
  void whatIsRareTakesTwoMore() throws IOException {
    server.execute(
        database,
        "CREATE TABLE extra (id int); CREATE RULE r AS ON DELETE TO extra DO INSTEAD NOTHING");
    assertThat(roundTrips("", ExitCode.OK, "check")).isEqualTo(ENCRYPTION + LOGIN + 3);
  }

  /** Looked for in vain, rolled back, found in the catalog, read. */
  @Test
  void aLedgerElsewhereTakesThreeMore() throws IOException {
    server.execute(
        database,
        """
        CREATE SCHEMA app;
        ALTER TABLE alembic_version SET SCHEMA app;
        ALTER DATABASE %s SET search_path = public, app
        """
            .formatted(database));
    assertThat(roundTrips("", ExitCode.OK, "check")).isEqualTo(ENCRYPTION + LOGIN + 4);
  }

  @Test
  void historyLooksAsOftenAsCheckDoes() throws IOException {
    assertThat(roundTrips("", ExitCode.OK, "history")).isEqualTo(ENCRYPTION + LOGIN + 1);
  }
}
