package dev.stampguard.service.graft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogComparison;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.RowCounts;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.repair.graft.Graft;
import dev.stampguard.repair.graft.GraftStatement;
import dev.stampguard.repair.graft.GraftWish;
import dev.stampguard.testing.NormalisedDump;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresClient.Format;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Two databases of one server: one that is whole, and a copy of it to damage and to mend. */
final class Bench implements AutoCloseable {
  private static final List<String> ROLES = List.of("law_reader", "\"Law Writer\"");

  private final int major;
  private final PostgresServer server;
  private final String whole;
  private final List<String> databases = new ArrayList<>();
  private CatalogSnapshot wholeSnapshot;
  private SortedSet<String> wholeDump;

  private Bench(int major) {
    this.major = major;
    this.server = PostgresServer.of(Integer.toString(major));
    for (String role : ROLES) {
      server.execute(
          "postgres",
          "DO $$ BEGIN CREATE ROLE %s; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
              .formatted(role));
    }
    this.whole = server.createDatabase();
    databases.add(whole);
  }

  /** With what psql makes of a script. */
  static Bench of(int major, String script) {
    var bench = new Bench(major);
    try {
      Path file = Files.createTempFile("bench", ".sql");
      try {
        Files.writeString(file, script);
        PostgresClient.forServer(major).restore(bench.server, bench.whole, Format.PLAIN, file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bench;
  }

  String whole() {
    return whole;
  }

  PostgresServer server() {
    return server;
  }

  /** A copy of the whole database as it is now. */
  String copy() {
    String copy = "graft_" + whole + "_" + databases.size();
    server.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(copy, whole));
    databases.add(copy);
    return copy;
  }

  /** Runs statements one by one; returns those the server did. */
  List<String> attempt(String database, List<String> statements) {
    var done = new ArrayList<String>();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        try {
          statement.execute(sql);
          done.add(sql);
        } catch (SQLException e) {
          // Does not fit what an earlier one left; one more or less makes no difference.
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return done;
  }

  CatalogSnapshot snapshot(String database) {
    try (var connection = Connectors.connector().open(server.target(database));
        var transaction = connection.readOnly()) {
      return CatalogReader.read(transaction, CatalogDepth.DEFINITIONS);
    }
  }

  SortedMap<QualifiedName, Long> rows(String database) {
    List<QualifiedName> tables =
        snapshot(database).objects().keySet().stream()
            .filter(name -> name.kind() == ObjectKind.TABLE)
            .map(name -> new QualifiedName(name.parts().get(0), name.parts().get(1)))
            .toList();
    try (var connection = Connectors.connector().open(server.target(database));
        var transaction = connection.readOnly()) {
      return RowCounts.read(transaction, tables);
    }
  }

  /** What would make the damaged database like the whole one. */
  Graft plan(String damaged) {
    return plan(damaged, comparison(damaged), Map.of());
  }

  Graft plan(String damaged, CatalogComparison comparison, Map<ObjectName, String> backfills) {
    GraftWish wish = GraftWish.toEqual(comparison);
    return plan(damaged, new GraftWish(wish.create(), wish.redefine(), backfills));
  }

  Graft plan(String damaged, GraftWish wish) {
    return new Grafting(Connectors.connector(), path())
        .plan(server.target(whole), server.target(damaged), wish);
  }

  private String path() {
    return PostgresClient.forServer(major).directory()
        + ":"
        + Objects.requireNonNullElse(System.getenv("PATH"), "");
  }

  CatalogComparison comparison(String damaged) {
    if (wholeSnapshot == null) {
      wholeSnapshot = snapshot(whole);
    }
    return CatalogComparison.of(wholeSnapshot, snapshot(damaged));
  }

  private SortedSet<String> dump() {
    if (wholeDump == null) {
      wholeDump = NormalisedDump.of(server, whole, major);
    }
    return wholeDump;
  }

  /** Runs a graft as a repair does: on one connection, in one transaction or in its segments. */
  void run(String damaged, Graft graft) {
    try (Connection connection = server.connect(damaged);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      connection.setAutoCommit(false);
      statement.execute(Grafting.settings());
      for (GraftStatement step : graft.statements()) {
        try {
          statement.execute(step.sql());
        } catch (SQLException e) {
          throw new AssertionError(
              e.getMessage() + " in\n" + step.sql() + "\n\nof\n" + text(graft), e);
        }
        if (step.endsSegment()) {
          connection.commit();
          statement.execute(Grafting.settings());
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(Graft graft) {
    return graft.statements().stream()
        .map(step -> step.object() + ": " + step.sql() + ";")
        .collect(Collectors.joining("\n"));
  }

  /** The damaged database has become like the whole one. */
  void assertMended(String mended, Graft graft) {
    CatalogComparison comparison = comparison(mended);
    assertThat(comparison.onlyLeft()).as("still missing after\n%s", text(graft)).isEmpty();
    assertThat(comparison.different()).as("still different after\n%s", text(graft)).isEmpty();
    assertThat(comparison.onlyRight()).as("made by\n%s", text(graft)).isEmpty();
    SortedSet<String> expected = dump();
    SortedSet<String> found = NormalisedDump.of(server, mended, major);
    var lost = new TreeSet<>(expected);
    lost.removeAll(found);
    var won = new TreeSet<>(found);
    won.removeAll(expected);
    assertThat(won).as("dumped, instead of %s after\n%s", lost, text(graft)).isEmpty();
    assertThat(lost).as("no longer dumped after\n%s", text(graft)).isEmpty();
    assertThat(plan(mended).statements()).as("a second graft").isEmpty();
  }

  @Override
  public void close() {
    databases
        .reversed()
        .forEach(
            name ->
                server.execute(
                    "postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name)));
  }
}
