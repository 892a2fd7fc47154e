package dev.stampguard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class PostgresConnectorTest {
  private static final PostgresServer SERVER = PostgresServer.local();

  @Test
  void connectsOverTcp() throws SQLException {
    String database = SERVER.createDatabase();
    try (PostgresConnection connection = Connectors.connector().open(SERVER.target(database))) {
      assertThat(ask(connection, "SELECT current_database()")).isEqualTo(database);
      assertThat(ask(connection, "SHOW application_name")).isEqualTo("stampguard");
      assertThat(connection.serverVersion()).isEqualTo(ask(connection, "SHOW server_version"));
      assertThat(connection.serverMajor())
          .isEqualTo(Integer.parseInt(System.getProperty("stampguard.postgres.major", "18")));
      assertThat(connection.target().database()).isEqualTo(database);
    }
  }

  @Test
  void connectsOverALocalSocket() throws SQLException {
    Target target = Connectors.at(SERVER.target("postgres"), socket());
    try (PostgresConnection connection = Connectors.connector().open(target)) {
      assertThat(ask(connection, "SELECT inet_server_addr()")).isNull();
      // Larger than any buffer on the way, in both directions.
      String large = "x".repeat(3_000_000);
      assertThat(ask(connection, "SELECT '" + large + "'")).isEqualTo(large);
    }
  }

  @Test
  void limitsReadsFromALocalSocket() throws SQLException {
    Target target = Connectors.at(SERVER.target("postgres"), socket());
    try (PostgresConnection connection = Connectors.connector().open(target)) {
      connection.jdbc().setNetworkTimeout(Runnable::run, 50);
      assertThatThrownBy(() -> ask(connection, "SELECT pg_sleep(5)"))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void cancelsOverALocalSocket() throws Exception {
    Target target = Connectors.at(SERVER.target("postgres"), socket());
    try (PostgresConnection connection = Connectors.connector().open(target);
        var statement = connection.jdbc().createStatement()) {
      Thread canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Thread.sleep(Duration.ofMillis(300));
                      statement.cancel();
                    } catch (InterruptedException | SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      var failure =
          catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(30)"));
      canceller.join();
      assertThat(failure.getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void passesOptionsAndApplicationNameOn() throws SQLException {
    Target target =
        Connectors.with(
            SERVER.target("postgres"),
            Map.of("options", "-c search_path=elsewhere", "application_name", "ci"));
    try (PostgresConnection connection = Connectors.connector().open(target)) {
      assertThat(ask(connection, "SHOW search_path")).isEqualTo("elsewhere");
      assertThat(ask(connection, "SHOW application_name")).isEqualTo("ci");
    }
  }

  @Test
  void triesEndpointsInOrder() throws Exception {
    Target target =
        Connectors.at(
            SERVER.target("postgres"),
            new Target.Endpoint("/nowhere", 1),
            new Target.Endpoint("localhost", freePort()),
            new Target.Endpoint("localhost", SERVER.port()));
    try (PostgresConnection connection = Connectors.connector().open(target)) {
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void prefersAStandbyAndTakesThePrimary() throws SQLException {
    Target target =
        Connectors.with(
            SERVER.target("postgres"), Map.of("target_session_attrs", "prefer-standby"));
    try (PostgresConnection connection = Connectors.connector().open(target)) {
      assertThat(ask(connection, "SELECT pg_is_in_recovery()")).isEqualTo("f");
    }
  }

  @Test
  void findsNoStandby() {
    Target target =
        Connectors.with(SERVER.target("postgres"), Map.of("target_session_attrs", "standby"));
    assertThat(refusal(target, true)).hasMessage("no server of `test` is standby");
  }

  @Test
  void namesWhereNobodyListens() throws IOException {
    int port = freePort();
    Target target =
        Connectors.at(SERVER.target("postgres"), new Target.Endpoint("localhost", port));
    StampguardException refusal = refusal(target, true);
    assertThat(refusal)
        .hasMessage("cannot connect to `localhost:%d`: no server listens there".formatted(port));
    assertThat(refusal.hint()).contains("start the server, or correct the address in `test`");
  }

  @Test
  void namesTheSocketNobodyMade() {
    Target target = Connectors.at(SERVER.target("postgres"), new Target.Endpoint("/nowhere", 5432));
    assertThat(refusal(target, true))
        .hasMessage("cannot connect to `/nowhere/.s.PGSQL.5432`: no server listens there");
  }

  @Test
  void namesAnUnknownHost() {
    Target target =
        Connectors.at(SERVER.target("postgres"), new Target.Endpoint("nowhere.invalid", 5432));
    assertThat(refusal(target, true))
        .hasMessage("cannot connect to `nowhere.invalid:5432`: the host name is unknown");
  }

  @Test
  void givesUpOnASilentServer() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Target target =
          Connectors.at(
              SERVER.target("postgres"), new Target.Endpoint("localhost", silent.getLocalPort()));
      var connector =
          new PostgresConnector(
              new ConnectTimeout(Duration.ofMillis(300)),
              new StatementTimeout(Duration.ofSeconds(1)),
              new LockTimeout(Duration.ofSeconds(1)));
      long start = System.nanoTime();
      var refusal = catchThrowableOfType(StampguardException.class, () -> connector.open(target));
      assertThat(refusal)
          .hasMessage(
              "cannot connect to `localhost:%d`: no answer in time"
                  .formatted(silent.getLocalPort()));
      assertThat(refusal.isPassing()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void namesTheDatabaseThatIsMissing() {
    StampguardException refusal = refusal(SERVER.target("devmatrix_tset"), false);
    assertThat(refusal)
        .hasMessage(
            "database `devmatrix_tset` does not exist on `localhost:%d`".formatted(SERVER.port()));
    assertThat(refusal.hint())
        .contains(
            "`psql -h localhost -p %d -U postgres -l` lists the databases of that server"
                .formatted(SERVER.port()));
  }

  @Test
  void namesTheRoleThatIsMissing() {
    assertThat(refusal(as("nobody", null), false))
        .hasMessage(
            "role `nobody` cannot log in to `localhost:%d`: role \"nobody\" does not exist"
                .formatted(SERVER.port()));
  }

  @Test
  void tellsAWrongPasswordFromNoneAndFromNoEntry() throws Exception {
    SERVER.execute(
        "postgres",
        """
        CREATE ROLE guarded LOGIN PASSWORD 'right';
        CREATE ROLE shut_out LOGIN;
        """);
    Path hba = Path.of(show("hba_file"));
    String before = Files.readString(hba);
    try {
      // Only these roles are concerned; everybody else goes on being trusted.
      Files.writeString(
          hba, "host all guarded all scram-sha-256\nhost all shut_out all reject\n" + before);
      SERVER.execute("postgres", "SELECT pg_reload_conf()");
      awaitRejection();

      String where = "localhost:" + SERVER.port();
      assertThat(refusal(as("guarded", "wrong-pw"), false))
          .hasMessage("the password for role `guarded` is wrong on `%s`".formatted(where))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("wrong-pw"));
      assertThat(refusal(as("guarded", null), false))
          .hasMessage(
              "`%s` wants a password for role `guarded`, and none is given".formatted(where));
      assertThat(refusal(as("shut_out", null), false).getMessage())
          .startsWith(
              "`%s` lets role `shut_out` not into database `postgres` from here: "
                  .formatted(where));
      try (PostgresConnection connection = Connectors.connector().open(as("guarded", "right"))) {
        assertThat(ask(connection, "SELECT current_user")).isEqualTo("guarded");
      }
    } finally {
      Files.writeString(hba, before);
      SERVER.execute("postgres", "SELECT pg_reload_conf()");
    }
  }

  @Test
  void saysWhenNoConnectionIsLeft() {
    SERVER.execute("postgres", "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
    assertThat(refusal(as("crowded", null), false))
        .hasMessage(
            "`localhost:%d` has no connection left for role `crowded`".formatted(SERVER.port()));
  }

  @Test
  void saysWhenADatabaseIsClosed() {
    String database = SERVER.createDatabase();
    SERVER.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
    assertThat(refusal(SERVER.target(database), false))
        .hasMessage(
            "`localhost:%d` refused the connection to `%s`: database \"%2$s\" is not currently accepting connections"
                .formatted(SERVER.port(), database));
  }

  @Test
  void saysWhenEncryptionIsWantedAndNotOffered() {
    Target target = Connectors.with(SERVER.target("postgres"), Map.of("sslmode", "require"));
    assertThat(refusal(target, false).getMessage())
        .startsWith("no encrypted connection to `localhost:%d`: ".formatted(SERVER.port()));
  }

  @Test
  void refusesAnUnknownSessionAttribute() {
    Target target =
        Connectors.with(SERVER.target("postgres"), Map.of("target_session_attrs", "leader"));
    var refusal =
        catchThrowableOfType(StampguardException.class, () -> Connectors.connector().open(target));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private static StampguardException refusal(Target target, boolean passing) {
    var refusal =
        catchThrowableOfType(
            StampguardException.class, () -> Connectors.connector().open(target).close());
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
    assertThat(refusal.isPassing()).isEqualTo(passing);
    assertThat(refusal.getCause()).isNull();
    return refusal;
  }

  private static Target as(String user, String password) {
    return new Target(
        "postgres",
        List.of(new Target.Endpoint("localhost", SERVER.port())),
        user,
        Optional.ofNullable(password).map(Secret::new),
        Map.of(),
        "test");
  }

  /** A reload is only a signal; the server reads the file a moment later. */
  private static void awaitRejection() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      try (var connection = Connectors.connector().open(as("shut_out", null))) {
        assertThat(connection.serverMajor()).isPositive();
      } catch (StampguardException e) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the server does not read its pg_hba.conf again");
  }

  private static Target.Endpoint socket() throws SQLException {
    return new Target.Endpoint(
        show("unix_socket_directories").split(",")[0].strip(), SERVER.port());
  }

  private static String show(String setting) throws SQLException {
    try (PostgresConnection connection = Connectors.connector().open(SERVER.target("postgres"))) {
      return ask(connection, "SHOW " + setting);
    }
  }

  private static String ask(PostgresConnection connection, String sql) throws SQLException {
    try (var statement = connection.jdbc().createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
