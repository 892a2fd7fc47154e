package dev.stampguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class PostgresServerTest {
  @Test
  void servesTheMajorThatWasAskedFor() throws SQLException {
    var server = PostgresServer.shared();
    try (var connection = server.connect(server.createDatabase())) {
      assertThat(connection.getMetaData().getDatabaseProductVersion())
          .startsWith(System.getProperty("stampguard.postgres.major", "18"));
    }
  }
}
