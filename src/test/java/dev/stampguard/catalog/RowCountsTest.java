package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class RowCountsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final QualifiedName EMPTY = new QualifiedName("public", "empty");
  private static final QualifiedName FULL = new QualifiedName("public", "Full %s");

  @Test
  void countsExactly() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        "CREATE TABLE empty (); CREATE TABLE \"Full %s\" AS SELECT generate_series(1, 1234)");
    try (var connection = Connectors.open(database);
        var transaction = connection.readOnly()) {
      assertThat(RowCounts.read(transaction, List.of(FULL, EMPTY)))
          .containsExactly(Map.entry(FULL, 1234L), Map.entry(EMPTY, 0L));
      assertThat(RowCounts.read(transaction, List.of())).isEmpty();
    }
  }

  @Test
  void refusesToCountWhatRowSecurityHides() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        """
        CREATE TABLE empty ();
        ALTER TABLE empty ENABLE ROW LEVEL SECURITY;
        CREATE ROLE counter_of_%1$s LOGIN;
        GRANT SELECT ON empty TO counter_of_%1$s;
        """
            .formatted(database));
    Target target = Connectors.as(SERVER.target(database), "counter_of_" + database);
    try (var connection = Connectors.connector().open(target);
        var transaction = connection.readOnly()) {
      var refusal =
          catchThrowableOfType(
              StampguardException.class, () -> RowCounts.read(transaction, List.of(EMPTY)));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
    }
  }
}
