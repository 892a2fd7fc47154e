package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a concurrent build leaves, while it runs and after it has failed. */
@Tag("postgres")
class InvalidIndexTest {
  private static final ObjectName INDEX = ObjectName.of(ObjectKind.INDEX, "public", "ix_t");

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  private Set<ObjectName> invalid(CatalogDepth depth) {
    var limit = Duration.ofSeconds(10);
    var connector =
        new PostgresConnector(
            new ConnectTimeout(limit), new StatementTimeout(limit), new LockTimeout(limit));
    try (var connection = connector.open(server.target(database));
        var transaction = connection.readOnly()) {
      CatalogSnapshot catalog = CatalogReader.read(transaction, depth);
      assertThat(catalog.contains(INDEX)).isTrue();
      return catalog.invalidIndexes();
    }
  }

  @Test
  void aFailedBuildIsInvalidAtBothDepths() {
    server.execute(database, "CREATE TABLE t (x int); INSERT INTO t VALUES (1), (1)");
    assertThatThrownBy(
            () -> server.execute(database, "CREATE UNIQUE INDEX CONCURRENTLY ix_t ON t (x)"))
        .hasMessageContaining("could not create unique index");
    for (CatalogDepth depth : CatalogDepth.values()) {
      assertThat(invalid(depth)).containsExactly(INDEX);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBuildThatStillRunsHasNotFailed(CatalogDepth depth) throws Exception {
    server.execute(database, "CREATE TABLE t (x int)");
    try (Connection writer = server.connect(database);
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      writer.setAutoCommit(false);
      try (var statement = writer.createStatement()) {
        statement.execute("INSERT INTO t VALUES (1)"); // the build waits for this to end
      }
      Future<?> build =
          pool.submit(() -> server.execute(database, "CREATE INDEX CONCURRENTLY ix_t ON t (x)"));
      awaitIndex();
      assertThat(invalid(depth)).isEmpty();
      writer.commit();
      build.get(20, TimeUnit.SECONDS);
    }
    assertThat(invalid(depth)).isEmpty();
  }

  private void awaitIndex() throws SQLException, InterruptedException {
    try (Connection connection = server.connect(database);
        var statement = connection.createStatement()) {
      for (int i = 0; i < 400; i++) {
        try (var rows = statement.executeQuery("SELECT FROM pg_class WHERE relname = 'ix_t'")) {
          if (rows.next()) {
            return;
          }
        }
        Thread.sleep(25);
      }
    }
    throw new AssertionError("the build never started");
  }
}
