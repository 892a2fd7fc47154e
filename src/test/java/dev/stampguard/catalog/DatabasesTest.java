package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.Connectors;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class DatabasesTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  @Test
  void listsTheOthersThisRoleMayConnectTo() {
    String here = SERVER.createDatabase();
    String closed = SERVER.createDatabase();
    String forbidden = SERVER.createDatabase();
    SERVER.execute(
        "postgres",
        """
        CREATE ROLE neighbour LOGIN;
        ALTER DATABASE %s ALLOW_CONNECTIONS false;
        REVOKE CONNECT ON DATABASE %s FROM PUBLIC;
        """
            .formatted(closed, forbidden));
    Target target = Connectors.as(SERVER.target(here), "neighbour");
    try (var connection = Connectors.connector().open(target);
        var transaction = connection.readOnly()) {
      List<String> databases = Databases.list(transaction);
      assertThat(databases)
          .contains("postgres")
          .doesNotContain(here, closed, forbidden, "template0", "template1")
          .isSorted();
    }
  }
}
