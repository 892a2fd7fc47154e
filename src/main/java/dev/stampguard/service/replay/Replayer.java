package dev.stampguard.service.replay;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
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
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.SearchPaths;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replays a project's revisions in a scratch database. */
public final class Replayer {
  private static final String MEND = "mend the scripts first; nothing was changed";

  private final PostgresConnector connector;
  private final Scratches scratches;
  private final MigrationProject project;

  public Replayer(PostgresConnector connector, Scratches scratches, MigrationProject project) {
    this.connector = Objects.requireNonNull(connector);
    this.scratches = Objects.requireNonNull(scratches);
    this.project = Objects.requireNonNull(project);
  }

  /** With the server programs that the run's own search path or the usual places have. */
  public static Replayer of(
      PostgresConnector connector, MigrationProject project, ReplaySettings settings) {
    String path = settings.run().environment().getOrDefault("PATH", "");
    return new Replayer(connector, new Scratches(connector, ServerPrograms.find(path)), project);
  }

  /**
   * How to replay.
   *
   * @param settings where, and with what
   * @param target the database the scratch stands in for; it is read, when it can be, for its
   *     settings, schemas and extensions
   * @param reference a database to take relations from that the scripts need and do not make; empty
   *     to leave such gaps open
   * @param recordedFirst whether what the target's ledger records runs before everything else: of
   *     branches that write the same object the target may know one only
   */
  public record Request(
      ReplaySettings settings,
      Optional<Target> target,
      Optional<Target> reference,
      boolean recordedFirst) {
    public Request {
      Objects.requireNonNull(settings);
      Objects.requireNonNull(target);
      Objects.requireNonNull(reference);
    }

    /** In the scripts' own order. */
    public Request(ReplaySettings settings, Optional<Target> target, Optional<Target> reference) {
      this(settings, target, reference, false);
    }
  }

  /**
   * What came out, and where it was made.
   *
   * @param replay what the revisions did
   * @param postgresMajor the major of the scratch database's server
   * @param defaultSchema where names without a schema went
   * @param scripts what was run, in that order
   */
  public record Replayed(Replay replay, int postgresMajor, String defaultSchema, Scripts scripts) {
    public Replayed {
      Objects.requireNonNull(replay);
      Objects.requireNonNull(scripts);
      Objects.requireNonNull(defaultSchema);
    }
  }

  /**
   * Replays every revision; nothing is left behind.
   *
   * @return empty when there is no place for a scratch database
   * @throws StampguardException when nothing can run the scripts, the place does not work, or the
   *     scripts cannot be loaded
   */
  public Optional<Replayed> replay(Request request, ReplayProgress progress) {
    RevisionLauncher launcher = project.launcher(request.settings().run());
    Seen seen = request.target().map(this::read).orElse(Seen.NOTHING);
    Scripts scripts = project.scripts();
    if (request.recordedFirst()) {
      scripts =
          new Scripts(
              scripts.graph().startingWith(seen.rows()), scripts.operations(), scripts.idle());
    }
    return replay(launcher, place(request, seen), scripts, request.reference(), progress);
  }

  /**
   * Replays every revision, to see whether all of them run; nothing is left behind.
   *
   * @return empty when there is no place for a scratch database
   * @throws StampguardException (refused) naming the oldest revision that cannot run, what it lacks
   *     and who makes that; otherwise as {@link #replay(Request, ReplayProgress)}
   */
  public Optional<Replayed> rehearse(Request request, ReplayProgress progress) {
    project.scripts().graph().requireWhole();
    Optional<Replayed> replayed;
    try {
      replayed = replay(request, progress);
    } catch (StampguardException e) {
      throw e.orHint(MEND);
    }
    replayed.ifPresent(
        made -> Unbuildable.throwIfAny(project.scripts().graph(), made.replay(), MEND));
    return replayed;
  }

  /**
   * Runs every revision in a database that has nothing of what they make.
   *
   * @throws StampguardException (refused) naming the oldest revision that cannot run
   */
  public void run(RunSettings settings, Target database, ReplayProgress progress) {
    var run = new Run(project.launcher(settings), database, project.scripts(), Optional.empty());
    Replay replay = replay(run, connection -> CatalogWatch.NONE, progress).replay();
    Unbuildable.throwIfAny(project.scripts().graph(), replay, MEND);
  }

  /**
   * What scripts find in a database that stands in for another one, but for what they make.
   *
   * @param target the other one, read as far as it answers
   */
  public DatabaseModel model(Target target) {
    return withoutWhatScriptsMake(read(target).model());
  }

  /**
   * Makes a database in which some revisions ran, by the project's own scripts, and leaves it.
   *
   * @param revisions ids; what they need runs as well, and nothing else does
   * @return what was made, for the caller to close; empty when there is no place for it
   * @throws StampguardException (refused) when one of them cannot run, naming it; otherwise as
   *     {@link #replay(Request, ReplayProgress)}
   */
  public Optional<Scratch> build(
      Request request, Collection<String> revisions, ReplayProgress progress) {
    return build(
        project.launcher(request.settings().run()),
        place(request, request.target().map(this::read).orElse(Seen.NOTHING)),
        request.reference(),
        revisions,
        progress);
  }

  Optional<Scratch> build(
      RevisionLauncher launcher,
      Scratches.Request asked,
      Optional<Target> reference,
      Collection<String> revisions,
      ReplayProgress progress) {
    Scripts scripts = only(project.scripts().graph().closure(revisions));
    Optional<Scratch> opened = scratches.open(withoutWhatScriptsMake(asked));
    boolean built = false;
    try {
      opened.ifPresent(
          scratch -> {
            var run = new Run(launcher, scratch.target(), scripts, reference);
            Replay replay = replay(run, connection -> CatalogWatch.NONE, progress).replay();
            Unbuildable.throwIfAny(
                scripts.graph(),
                replay,
                "take what is missing from a healthy database with `--reference DATABASE`");
          });
      built = true;
      return opened;
    } finally {
      if (!built) {
        opened.ifPresent(Scratch::close);
      }
    }
  }

  private Scripts only(Set<String> revisions) {
    Scripts all = project.scripts();
    return new Scripts(
        RevisionGraph.of(
            all.graph().revisions().stream().filter(r -> revisions.contains(r.id())).toList(),
            List.of()),
        all.operations());
  }

  Optional<Replayed> replay(
      RevisionLauncher launcher,
      Scratches.Request asked,
      Optional<Target> reference,
      ReplayProgress progress) {
    return replay(launcher, asked, project.scripts(), reference, progress);
  }

  private Optional<Replayed> replay(
      RevisionLauncher launcher,
      Scratches.Request asked,
      Scripts scripts,
      Optional<Target> reference,
      ReplayProgress progress) {
    Scratches.Request place = withoutWhatScriptsMake(asked);
    Optional<Replayed> replayed;
    try (Scratch scratch = scratches.open(place).orElse(null)) {
      if (scratch == null) {
        return Optional.empty();
      }
      var run = new Run(launcher, scratch.target(), scripts, reference);
      replayed = Optional.of(replay(run, Replayer::watch, progress));
    }
    if (replayed.filter(made -> made.replay().proven()).isPresent()) {
      return replayed;
    }
    // Something changed without a trace: only looking at everything will do.
    try (Scratch scratch = scratches.open(place).orElseThrow()) {
      var run = new Run(launcher, scratch.target(), scripts, reference);
      return Optional.of(replay(run, FullReads::new, progress));
    }
  }

  /** A session of our own is needed to read only what changed. */
  private static CatalogWatch watch(PostgresConnection connection) {
    try {
      return connection.isPooled() ? new FullReads(connection) : IncrementalReads.begin(connection);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
  }

  /**
   * What is taken over from the database that a scratch stands in for.
   *
   * @param rows its ledger's
   */
  private record Seen(DatabaseModel model, List<String> rows) {
    static final Seen NOTHING = new Seen(DatabaseModel.plain(), List.of());
  }

  private static Scratches.Request place(Request request, Seen seen) {
    return new Scratches.Request(
        request.settings().placement(),
        request.target(),
        seen.model(),
        request.settings().extensions());
  }

  /** Scripts can be replayed without their database; one that does not answer is no obstacle. */
  private Seen read(Target target) {
    try (PostgresConnection connection = connector.open(target)) {
      Inspection seen = Inspection.of(connection, CatalogDepth.NAMES, project.ledger());
      SearchPaths paths = seen.searchPaths();
      String schema = seen.defaultSchema(project.scripts());
      try (ReadOnlyTransaction transaction = connection.readOnly()) {
        DatabaseModel model = DatabaseModel.read(transaction);
        // Whoever looks may not be who migrates.
        return new Seen(
            paths.own().stream().findFirst().filter(schema::equals).isPresent()
                ? model
                : model.withSearchPath(paths.startingWith(schema)),
            seen.ledger().rows());
      }
    } catch (StampguardException e) {
      return Seen.NOTHING;
    }
  }

  /** What a script makes must not be there before it. */
  private Scratches.Request withoutWhatScriptsMake(Scratches.Request place) {
    return place.with(withoutWhatScriptsMake(place.model()));
  }

  /** A database's furniture but for what this project's scripts make. */
  public DatabaseModel withoutWhatScriptsMake(DatabaseModel model) {
    return model.without(made(ObjectKind.SCHEMA), made(ObjectKind.EXTENSION));
  }

  private Set<String> made(ObjectKind kind) {
    return project.scripts().operations().values().stream()
        .flatMap(List::stream)
        .filter(SchemaOperation.CreateObject.class::isInstance)
        .map(operation -> ((SchemaOperation.CreateObject) operation).object())
        .filter(object -> object.kind() == kind)
        .map(ObjectName::simpleName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What runs which scripts where, and who fills their gaps. */
  private record Run(
      RevisionLauncher launcher, Target database, Scripts scripts, Optional<Target> reference) {}

  private Replayed replay(
      Run run, Function<PostgresConnection, CatalogWatch> watching, ReplayProgress progress) {
    Target scratch = run.database();
    GapFiller filler =
        run.reference()
            .<GapFiller>map(from -> new ReferenceGraft(connector, from, scratch))
            .orElse(GapFiller.NONE);
    try (RevisionRunner runner = run.launcher().start(scratch);
        PostgresConnection connection = connector.open(scratch)) {
      CatalogWatch watch = watching.apply(connection);
      runner.connect();
      ReplayExpectation.Place place = place(runner.ledger(), scratch);
      // What a project's env.py does before the revisions is no effect of any.
      watch.changes();
      return new Replayed(
          ReplayExpectation.of(run.scripts(), runner, watch, place, filler, progress),
          connection.serverMajor(),
          place.defaultSchema(),
          run.scripts());
    }
  }

  private ReplayExpectation.Place place(LedgerLocation location, Target scratch) {
    // The watch needs its connection for itself.
    try (PostgresConnection connection = connector.open(scratch);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      Ledger found = project.withLedger(location).ledger().read(transaction);
      String schema = transaction.searchPath().stream().findFirst().orElse("public");
      // The configured schema may be there only after the first revisions: then the driver puts
      // the ledger where names without a schema go.
      return new ReplayExpectation.Place(
          schema,
          Stream.concat(
                  Stream.of(new QualifiedName(schema, location.table()), found.table()),
                  // A tool makes them when it first runs, which is no effect of what it runs.
                  found.companions().stream())
              .collect(Collectors.toUnmodifiableSet()));
    }
  }
}
