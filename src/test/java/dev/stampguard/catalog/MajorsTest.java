package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.Connectors;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same scripts leave the same catalog on the oldest and the newest major. Runs once. */
class MajorsTest {
  @Test
  void printAlikeWhatCanBePrintedAlike() throws IOException {
    CatalogSnapshot newest = built(PostgresServer.of("18"));
    CatalogSnapshot oldest = built(PostgresServer.of("14"));
    assertThat(texts(oldest)).isEqualTo(texts(newest));
    CatalogComparison comparison = CatalogComparison.of(oldest, newest);
    assertThat(comparison.equal()).isTrue();
    assertThat(comparison.exact()).isFalse();
  }

  private static CatalogSnapshot built(PostgresServer server) throws IOException {
    String database = server.createDatabase();
    try (InputStream in = MajorsTest.class.getResourceAsStream("/catalog/every-kind.sql")) {
      server.execute(database, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    Target target = server.target(database);
    try (var connection = Connectors.connector().open(target);
        var transaction = connection.readOnly()) {
      return CatalogReader.read(transaction, CatalogDepth.DEFINITIONS);
    }
  }

  private static Map<ObjectName, String> texts(CatalogSnapshot snapshot) {
    return snapshot.objects().values().stream()
        .collect(Collectors.toMap(CatalogObject::name, object -> object.definition().text()));
  }
}
