package dev.stampguard.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerMomentTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  private Optional<ServerMoment> now(String name) {
    try (PostgresConnection connection = Connectors.connector().open(server.target(name))) {
      return connection.moment();
    }
  }

  @Test
  void otherDatabasesAndWritesAreOtherMoments() {
    ServerMoment before = now(database).orElseThrow();
    assertThat(now("postgres").orElseThrow().parts().getFirst())
        .isNotEqualTo(before.parts().getFirst());
    server.execute(database, "CREATE TABLE a (id int)");
    assertThat(now(database)).isPresent().isNotEqualTo(Optional.of(before));
  }
}
