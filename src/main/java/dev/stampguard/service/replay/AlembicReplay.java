package dev.stampguard.service.replay;

import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.FullReads;
import dev.stampguard.catalog.IncrementalReads;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.replay.GapFiller;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayExpectation;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.target.Target;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.alembic.replay.AlembicDriver;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.alembic.replay.Interpreter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
   * @param reference a database to take relations from that the scripts need and do not make; empty
   *     to leave such gaps open
   */
  public record Request(
      Scripts scripts,
      AlembicRun run,
      Interpreter interpreter,
      Scratches.Request place,
      Optional<Target> reference) {
    /** Without a reference. */
    public Request(
        Scripts scripts, AlembicRun run, Interpreter interpreter, Scratches.Request place) {
      this(scripts, run, interpreter, place, Optional.empty());
    }
  }

  /**
   * Replays; nothing is left behind.
   *
   * @return empty when there is no place for a scratch database
   * @throws dev.stampguard.StampguardException when the place does not work, or the scripts cannot
   *     be loaded
   */
  public Optional<Replay> replay(Request request, ReplayProgress progress) {
    Optional<Replay> replay;
    Scratches.Request place = withoutWhatScriptsMake(request);
    try (Scratch scratch = scratches.open(place).orElse(null)) {
      if (scratch == null) {
        return Optional.empty();
      }
      replay = Optional.of(replay(request, scratch, scratch.isThrowAwayServer(), progress));
    }
    if (replay.filter(Replay::proven).isPresent()) {
      return replay;
    }
    // Something changed behind the triggers' back: only looking at everything will do.
    try (Scratch scratch = scratches.open(place).orElseThrow()) {
      return Optional.of(replay(request, scratch, false, progress));
    }
  }

  /** What a script makes must not be there before it. */
  private static Scratches.Request withoutWhatScriptsMake(Request request) {
    Scratches.Request place = request.place();
    return place.with(
        place
            .model()
            .without(
                made(request.scripts(), ObjectKind.SCHEMA),
                made(request.scripts(), ObjectKind.EXTENSION)));
  }

  private static Set<String> made(Scripts scripts, ObjectKind kind) {
    return scripts.operations().values().stream()
        .flatMap(List::stream)
        .filter(SchemaOperation.CreateObject.class::isInstance)
        .map(operation -> ((SchemaOperation.CreateObject) operation).object())
        .filter(object -> object.kind() == kind)
        .map(ObjectName::simpleName)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Replay replay(
      Request request, Scratch scratch, boolean superuser, ReplayProgress progress) {
    GapFiller filler =
        request
            .reference()
            .<GapFiller>map(from -> new ReferenceGraft(connector, from, scratch.target()))
            .orElse(GapFiller.NONE);
    try (var driver = AlembicDriver.start(request.run(), request.interpreter(), scratch.target());
        PostgresConnection connection = connector.open(scratch.target())) {
      CatalogWatch watch =
          superuser ? IncrementalReads.install(connection) : new FullReads(connection);
      driver.connect();
      ReplayExpectation.Place place = place(driver.ledger(), scratch.target());
      // What a project's env.py does before the revisions is no effect of any.
      watch.changes();
      return ReplayExpectation.of(request.scripts(), driver, watch, place, filler, progress);
    }
  }

  private ReplayExpectation.Place place(LedgerLocation location, Target scratch) {
    // The watch needs its connection for itself.
    try (PostgresConnection connection = connector.open(scratch);
        var transaction = connection.readOnly()) {
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
