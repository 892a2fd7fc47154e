package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The incident is built as it was reported, with scripts that can run and with scripts that cannot.
 */
@Tag("postgres")
class IncidentTest {
  private static final List<String> IN_BOTH =
      List.of(
          "alembic_version",
          "discovery_documents",
          "masterplan_milestones",
          "masterplan_phases",
          "masterplan_tasks",
          "masterplans");
  private static final List<String> MISSING =
      List.of(
          "acceptance_test_results",
          "acceptance_tests",
          "atom_dependencies",
          "atom_retry_history",
          "atomic_units",
          "conversations",
          "dependency_graphs",
          "execution_waves",
          "human_review_queue",
          "masterplan_history",
          "masterplan_versions",
          "messages",
          "user_quotas",
          "user_usage",
          "users",
          "validation_results");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"incident", "incident-broken-chain"})
  void isAsReported(String name) throws SQLException, IOException {
    PostgresServer server = PostgresServer.shared();
    try (var built = new ScenarioBuilder(server).build(Scenario.load(name), directory)) {
      List<String> here = Listing.tables(server, "devmatrix");
      List<String> sibling = Listing.tables(server, "devmatrix_test");

      assertThat(sibling).hasSize(22).containsAll(IN_BOTH).containsAll(MISSING);
      assertThat(here).hasSize(12).containsAll(IN_BOTH).doesNotContainAnyElementsOf(MISSING);
      assertThat(here).filteredOn(table -> !sibling.contains(table)).hasSize(6);

      String ledger = "SELECT version_num FROM alembic_version";
      assertThat(Listing.query(server, "devmatrix", ledger)).containsExactly("66518741fa75");
      assertThat(Listing.query(server, "devmatrix_test", ledger)).containsExactly("66518741fa75");

      assertThat(Files.readAllLines(built.project().resolve(".env")).get(2))
          .isEqualTo(
              "DATABASE_URL=postgresql://devmatrix:devmatrix@localhost:%d/devmatrix"
                  .formatted(server.port()));
    }
  }
}
