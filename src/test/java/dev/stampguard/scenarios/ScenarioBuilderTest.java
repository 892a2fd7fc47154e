package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario can be built, and leaves nothing behind. */
class ScenarioBuilderTest {
  private static final String DATABASES = "SELECT datname FROM pg_database";

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void builds(Scenario scenario) throws SQLException {
    try (var built = new ScenarioBuilder(server).build(scenario, directory)) {
      assertThat(built.project().resolve("alembic.ini")).isRegularFile();
      assertThat(Listing.query(server, "postgres", DATABASES)).contains(scenario.database());
      String url = "@localhost:" + server.port() + "/";
      assertThat(built.project().resolve(".env")).content().contains(url);
      assertThat(built.environment().values()).allSatisfy(value -> assertThat(value).contains(url));
    }
    assertThat(Listing.query(server, "postgres", DATABASES))
        .doesNotContain(scenario.database(), scenario.database() + "_test");
  }

  @Test
  void failedConcurrentBuildLeavesAnInvalidIndex() throws SQLException {
    Scenario scenario = Scenario.load("sg116-invalid-index");
    try (var built = new ScenarioBuilder(server).build(scenario, directory)) {
      assertThat(
              Listing.query(
                  server,
                  built.scenario().database(),
                  "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"))
          .containsExactly("uq_customers_phone");
    }
  }
}
