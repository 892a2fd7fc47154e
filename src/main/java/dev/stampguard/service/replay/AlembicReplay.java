package dev.stampguard.service.replay;

import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.FullReads;
import dev.stampguard.catalog.IncrementalReads;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayExpectation;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.alembic.replay.AlembicDriver;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.alembic.replay.Interpreter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replays a project's Alembic revisions in a scratch database. */
public final class AlembicReplay {
  private static final String VERSION_COLUMN = "version_num";

  private final PostgresConnector connector;
  private final Scratches scratches;

  public AlembicReplay(PostgresConnector connector, Scratches scratches) {
    this.connector = Objects.requireNonNull(connector);
    this.scratches = Objects.requireNonNull(scratches);
  }

  /**
   * What to replay.
   *
   * @param scripts what the scripts say, for their order and for who creates what
   * @param run how to run them
   * @param interpreter with what
   * @param place where
   */
  public record Request(
      Scripts scripts, AlembicRun run, Interpreter interpreter, Scratches.Request place) {}

  /**
   * Replays; nothing is left behind.
   *
   * @return empty when there is no place for a scratch database
   * @throws dev.stampguard.StampguardException when the place does not work, or the scripts cannot
   *     be loaded
   */
  public Optional<Replay> replay(Request request, ReplayProgress progress) {
    Optional<Replay> replay;
    try (Scratch scratch = scratches.open(request.place()).orElse(null)) {
      if (scratch == null) {
        return Optional.empty();
      }
      replay = Optional.of(replay(request, scratch, IncrementalReads::begin, progress));
    }
    if (replay.filter(Replay::proven).isPresent()) {
      return replay;
    }
    // Something changed without a trace: only looking at everything will do.
    try (Scratch scratch = scratches.open(request.place()).orElseThrow()) {
      return Optional.of(replay(request, scratch, FullReads::new, progress));
    }
  }

  private Replay replay(
      Request request,
      Scratch scratch,
      Function<PostgresConnection, CatalogWatch> watching,
      ReplayProgress progress) {
    try (PostgresConnection connection = connector.open(scratch.target())) {
      ReplayExpectation.Place place = place(request, connection);
      CatalogWatch watch = watching.apply(connection);
      try (var driver =
          AlembicDriver.start(request.run(), request.interpreter(), scratch.target())) {
        return ReplayExpectation.of(request.scripts(), driver, watch, place, progress);
      }
    }
  }

  private static ReplayExpectation.Place place(Request request, PostgresConnection connection) {
    var location = request.run().ledger();
    try (var transaction = connection.readOnly()) {
      QualifiedName configured =
          new LedgerReader(location, VERSION_COLUMN).read(transaction).table();
      String schema = transaction.searchPath().stream().findFirst().orElse("public");
      // The configured schema may be there only after the first revisions: then the driver puts
      // the ledger where names without a schema go.
      return new ReplayExpectation.Place(
          schema,
          Stream.of(new QualifiedName(schema, location.table()), configured)
              .collect(Collectors.toUnmodifiableSet()));
    }
  }
}
