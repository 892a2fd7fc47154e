package dev.stampguard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.PostgresServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@Tag("postgres")
class ReadOnlyTransactionTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  @Test
  void pinsSettingsAndRemembersTheSearchPath() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        """
        CREATE SCHEMA app;
        ALTER DATABASE %1$s SET search_path = missing, app, public;
        ALTER DATABASE %1$s SET intervalstyle = 'iso_8601';
        ALTER DATABASE %1$s SET quote_all_identifiers = on;
        """
            .formatted(database));
    try (var connection = Connectors.open(database);
        var transaction = connection.readOnly()) {
      assertThatIllegalStateException().isThrownBy(transaction::searchPath);
      assertThat(
              List.of(
                  transaction.run(text("SHOW search_path")),
                  transaction.run(text("SELECT (interval '1 day')::text")),
                  transaction.run(text("SELECT quote_ident('a')")),
                  transaction.run(text("SHOW transaction_isolation")),
                  transaction.run(text("SHOW transaction_read_only")),
                  transaction.run(text("SHOW statement_timeout")),
                  transaction.run(text("SHOW lock_timeout")),
                  transaction.run(text("SHOW jit"))))
          .containsExactly("pg_catalog", "1 day", "a", "repeatable read", "on", "30s", "1s", "off");
      assertThat(transaction.searchPath()).containsExactly("app", "public");
    }
  }

  @Test
  void leavesTheConnectionAsItWas() throws Exception {
    try (var connection = Connectors.open(SERVER.createDatabase())) {
      try (var transaction = connection.readOnly()) {
        transaction.run(text("SELECT 1"));
      }
      try (var statement = connection.jdbc().createStatement();
          var rows = statement.executeQuery("SHOW search_path")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("\"$user\", public");
      }
      assertThat(connection.jdbc().getNetworkTimeout()).isZero();
    }
  }

  @Test
  void costsOneRoundTripPerQueryAndNoneToBeginOrEnd() throws Exception {
    try (var proxy = new CountingProxy(SERVER.port())) {
      Target target =
          Connectors.at(
              SERVER.target(SERVER.createDatabase()),
              new Target.Endpoint("localhost", proxy.port()));
      try (var connection = Connectors.connector().open(target)) {
        int before = proxy.roundTrips();
        try (var transaction = connection.readOnly()) {
          String both = transaction.run(text("SELECT 'a'").and(text("SELECT 'b'"), String::concat));
          assertThat(both).isEqualTo("ab");
          assertThat(proxy.roundTrips() - before).isEqualTo(1);
          assertThat(transaction.runLast(text("SELECT 'c'"))).isEqualTo("c");
        }
        assertThat(proxy.roundTrips() - before).isEqualTo(2);
      }
    }
  }

  @Test
  void bindsValuesAsText() {
    try (var connection = Connectors.open(SERVER.createDatabase());
        var transaction = connection.readOnly()) {
      String hostile = "it's a \\ \"?\" ; DROP";
      String echo = transaction.run(text(Query.bind("SELECT ?::text", List.of(hostile))));
      assertThat(echo).isEqualTo(hostile);
    }
  }

  @Test
  void canChangeNothing() {
    try (var connection = Connectors.open(SERVER.createDatabase());
        var transaction = connection.readOnly()) {
      var refusal =
          catchThrowableOfType(
              StampguardException.class, () -> transaction.run(text("CREATE TABLE public.t ()")));
      assertThat(refusal.getMessage()).contains("25006");
    }
  }

  @Test
  void givesUpOnAStatementThatTakesTooLong() {
    String database = SERVER.createDatabase();
    try (var connection = Connectors.open(database);
        var transaction =
            connection.readOnly(
                new StatementTimeout(Duration.ofMillis(100)),
                new LockTimeout(Duration.ofSeconds(1)))) {
      var refusal =
          catchThrowableOfType(
              StampguardException.class, () -> transaction.run(text("SELECT pg_sleep(10)::text")));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
      assertThat(refusal)
          .hasMessage(
              "`%s` did not answer in time: canceling statement due to statement timeout"
                  .formatted(database));
      assertThat(refusal.hint()).contains("give it longer with `--statement-timeout`");
    }
  }

  @Test
  void namesWhatItMayNotRead() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database, "CREATE TABLE secret (); CREATE ROLE reader_of_%1$s LOGIN".formatted(database));
    Target reader = Connectors.as(SERVER.target(database), "reader_of_" + database);
    try (var connection = Connectors.connector().open(reader);
        var transaction = connection.readOnly()) {
      var refusal =
          catchThrowableOfType(
              StampguardException.class,
              () -> transaction.run(text("SELECT count(*)::text FROM public.secret")));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
      assertThat(refusal)
          .hasMessage(
              "role `reader_of_%1$s` may not read `%1$s`: permission denied for table secret"
                  .formatted(database));
    }
  }

  @Test
  void namesTheHolderOfALock() throws Exception {
    String database = SERVER.createDatabase();
    SERVER.execute(database, "CREATE TABLE users (id int)");
    try (var holder = SERVER.connect(database);
        var statement = holder.createStatement();
        var connection = Connectors.open(database);
        var transaction =
            connection.readOnly(
                new StatementTimeout(Duration.ofSeconds(10)),
                new LockTimeout(Duration.ofMillis(50)))) {
      holder.setAutoCommit(false);
      statement.execute("SET application_name = 'alembic'");
      statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
      int pid = holder.unwrap(PGConnection.class).getBackendPID();

      var refusal =
          catchThrowableOfType(
              StampguardException.class,
              () -> transaction.run(text("SELECT count(*)::text FROM public.users")));

      assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(refusal.isPassing()).isTrue();
      assertThat(refusal)
          .hasMessage(
              "the schema of `%s` is locked: session %d (`alembic`) holds `public.users`"
                  .formatted(database, pid));
    }
  }

  @Test
  void sendsEverythingAsOneMessage() {
    try (var connection = Connectors.open(SERVER.createDatabase());
        var transaction = connection.readOnly()) {
      String message =
          transaction.run(text("SELECT 1").and(text("SELECT current_query()"), (a, b) -> b));
      assertThat(message).startsWith("BEGIN").endsWith("SELECT 1;\nSELECT current_query()");
    }
  }

  private static Query<String> text(String sql) {
    return Query.of(sql, ReadOnlyTransactionTest::first);
  }

  private static String first(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getString(1);
  }
}
