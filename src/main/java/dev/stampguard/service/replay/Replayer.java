package dev.stampguard.service.replay;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.FullReads;
import dev.stampguard.catalog.IncrementalReads;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayExpectation;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RevisionLauncher;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replays a project's revisions in a scratch database. */
public final class Replayer {
  private final PostgresConnector connector;
  private final Scratches scratches;
  private final MigrationProject project;
  private final ReplaySettings settings;

  public Replayer(PostgresConnector connector, MigrationProject project, ReplaySettings settings) {
    this.connector = Objects.requireNonNull(connector);
    this.scratches =
        new Scratches(
            connector, ServerPrograms.find(settings.run().environment().getOrDefault("PATH", "")));
    this.project = Objects.requireNonNull(project);
    this.settings = Objects.requireNonNull(settings);
  }

  /**
   * What came out, and where it was made.
   *
   * @param replay what the revisions did
   * @param postgresMajor the major of the scratch database's server
   * @param defaultSchema where names without a schema went
   */
  public record Replayed(Replay replay, int postgresMajor, String defaultSchema) {
    public Replayed {
      Objects.requireNonNull(replay);
      Objects.requireNonNull(defaultSchema);
    }
  }

  /** What the scratch database takes over from the target. */
  private record Model(DatabaseModel database, Set<String> extensions) {
    static final Model NONE = new Model(DatabaseModel.plain(), Set.of());
  }

  /**
   * Replays every revision; nothing is left behind.
   *
   * @param target the database the scratch stands in for; it is read, when it can be, for its
   *     settings and extensions
   * @return empty when there is no place for a scratch database
   * @throws StampguardException when nothing can run the scripts, the place does not work, or the
   *     scripts cannot be loaded
   */
  public Optional<Replayed> replay(Optional<Target> target, ReplayProgress progress) {
    RevisionLauncher launcher = project.launcher(settings.run());
    Model model = target.map(this::model).orElse(Model.NONE);
    var request =
        new Scratches.Request(
            settings.placement(), target, model.database(), takenForGranted(model.extensions()));
    Optional<Replayed> replayed;
    try (Scratch scratch = scratches.open(request).orElse(null)) {
      if (scratch == null) {
        return Optional.empty();
      }
      replayed = Optional.of(replay(launcher, scratch, scratch.isThrowAwayServer(), progress));
    }
    if (replayed.filter(made -> made.replay().proven()).isPresent()) {
      return replayed;
    }
    // Something changed behind the triggers' back: only looking at everything will do.
    try (Scratch scratch = scratches.open(request).orElseThrow()) {
      return Optional.of(replay(launcher, scratch, false, progress));
    }
  }

  private Replayed replay(
      RevisionLauncher launcher, Scratch scratch, boolean superuser, ReplayProgress progress) {
    try (PostgresConnection connection = connector.open(scratch.target())) {
      ReplayExpectation.Place place = place(connection);
      CatalogWatch watch =
          superuser ? IncrementalReads.install(connection) : new FullReads(connection);
      try (var runner = launcher.start(scratch.target())) {
        return new Replayed(
            ReplayExpectation.of(project.scripts(), runner, watch, place, progress),
            connection.serverMajor(),
            place.defaultSchema());
      }
    }
  }

  private ReplayExpectation.Place place(PostgresConnection connection) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      QualifiedName configured = project.ledger().read(transaction).table();
      String schema = transaction.searchPath().stream().findFirst().orElse("public");
      // The configured schema may be there only after the first revisions: then the driver puts
      // the ledger where names without a schema go.
      return new ReplayExpectation.Place(
          schema,
          Stream.of(new QualifiedName(schema, project.ledgerLocation().table()), configured)
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** Scripts can be replayed without their database; one that does not answer is no obstacle. */
  private Model model(Target target) {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      return new Model(
          DatabaseModel.read(transaction),
          CatalogReader.read(transaction, CatalogDepth.NAMES).objects().keySet().stream()
              .filter(name -> name.kind() == ObjectKind.EXTENSION)
              .map(ObjectName::simpleName)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (StampguardException e) {
      return Model.NONE;
    }
  }

  /** Extensions that are needed and that no script creates. */
  private List<String> takenForGranted(Set<String> ofTarget) {
    Expectation read = ScriptExpectation.of(project.scripts(), "public");
    var granted = new TreeSet<>(ofTarget);
    granted.addAll(settings.extensions());
    for (RevisionExpectation revision : read.revisions().values()) {
      for (Effect effect : revision.effects()) {
        if (effect.object().kind() == ObjectKind.EXTENSION) {
          granted.remove(effect.object().simpleName());
        }
      }
    }
    return List.copyOf(granted);
  }
}
