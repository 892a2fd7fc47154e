package dev.stampguard.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.database.DatabaseProperties;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class ReplacementDatabaseTest {
  private static final PostgresConnector CONNECTOR = Connectors.connector();

  private final PostgresServer server = PostgresServer.shared();

  @Test
  void itTakesThePlaceWithEverythingADumpLeavesOut() throws SQLException {
    server.execute("postgres", "CREATE ROLE landlord; CREATE ROLE tenant; CREATE ROLE guest");
    server.execute(
        "postgres",
        "CREATE DATABASE house TEMPLATE template0 OWNER landlord ENCODING 'LATIN1'"
            + " LC_COLLATE 'C' LC_CTYPE 'C' CONNECTION LIMIT 7");
    server.execute(
        "house",
        """
        COMMENT ON DATABASE house IS 'it''s mine';
        ALTER DATABASE house SET search_path = "$user", "odd ""name", public;
        ALTER DATABASE house SET app.tenant = 'it''s';
        ALTER DATABASE house SET default_transaction_read_only = on;
        ALTER ROLE tenant IN DATABASE house SET work_mem = '5MB';
        ALTER ROLE tenant IN DATABASE house SET search_path = '';
        REVOKE CONNECT ON DATABASE house FROM PUBLIC;
        GRANT CONNECT ON DATABASE house TO tenant WITH GRANT OPTION;
        GRANT TEMPORARY ON DATABASE house TO guest
        """);
    DatabaseProperties before = properties("house");
    assertThat(before.settings()).hasSize(5);
    assertThat(before.roles()).contains("postgres");

    try (var replacement = ReplacementDatabase.create(CONNECTOR, target("house"), before)) {
      assertThat(replacement.finish()).isEmpty();
      replacement.takePlaceOf("house", "house_before", false);
    }

    assertThat(properties("house")).isEqualTo(before);
    assertThat(databases()).contains("house", "house_before");
  }

  @Test
  void closedItIsGone() throws SQLException {
    String present = server.createDatabase();
    String name;
    try (var replacement =
        ReplacementDatabase.create(CONNECTOR, target(present), properties(present))) {
      name = replacement.target().database();
      assertThat(databases()).contains(name);
    }
    assertThat(databases()).contains(present).doesNotContain(name);
  }

  @Test
  void nobodySweepsItWhileItsOwnerLivesAndTheNextRunDoesAfterwards() throws SQLException {
    String present = server.createDatabase();
    var replacement = ReplacementDatabase.create(CONNECTOR, target(present), properties(present));
    String name = replacement.target().database();

    ReplacementDatabase.create(CONNECTOR, target(present), properties(present)).close();
    assertThat(databases()).contains(name);

    server.execute(
        "postgres",
        """
        SELECT pg_terminate_backend(l.pid, 10000)
        FROM pg_locks l JOIN pg_database d ON d.oid = l.objid
        WHERE l.locktype = 'advisory' AND d.datname = '%s'
        """
            .formatted(name));
    replacement.close();
    assertThat(databases()).contains(name);

    ReplacementDatabase.create(CONNECTOR, target(present), properties(present)).close();
    assertThat(databases()).doesNotContain(name);
  }

  @Test
  void aRoleThatMayNotCreateDatabasesIsToldSo() {
    String present = server.createDatabase();
    server.execute("postgres", "CREATE ROLE beggar LOGIN");

    assertThatThrownBy(
            () ->
                ReplacementDatabase.create(
                    CONNECTOR, Connectors.as(target(present), "beggar"), properties(present)))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS))
        .hasMessage("role `beggar` may not create a database owned by `postgres`");
  }

  @Test
  void aPropertyThatMayNotBeSetIsSaid() throws SQLException {
    String present = server.createDatabase();
    DatabaseProperties properties = properties(present);
    var strange =
        new DatabaseProperties(
            properties.owner(),
            properties.encoding(),
            properties.locale(),
            "no_such_space",
            properties.connectionLimit(),
            properties.comment(),
            List.of(new DatabaseProperties.Setting(Optional.of("nobody_here"), "work_mem", "4MB")),
            properties.grants(),
            properties.roles());

    try (var replacement = ReplacementDatabase.create(CONNECTOR, target(present), strange)) {
      assertThat(replacement.finish())
          .containsExactly(
              "tablespace `no_such_space` could not be taken over: tablespace \"no_such_space\""
                  + " does not exist",
              "setting `work_mem` of role `nobody_here` could not be taken over: role"
                  + " \"nobody_here\" does not exist");
    }
  }

  private Target target(String database) {
    return server.target(database);
  }

  private DatabaseProperties properties(String database) {
    try (PostgresConnection connection = CONNECTOR.open(target(database));
        var transaction = connection.readOnly()) {
      return DatabaseProperties.read(transaction);
    }
  }

  private List<String> databases() throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
