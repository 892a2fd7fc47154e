package dev.stampguard.service.recreate;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.database.DatabaseProperties;
import dev.stampguard.postgres.database.DatabaseSwap;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.ReplacementDatabase;
import dev.stampguard.service.Examination;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.service.replay.Replayer;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.service.source.ReplaySource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Builds a database anew from a project's scripts, beside the present one, which is only read. In
 * this order: {@link #rehearse}, {@link #build}, and what {@link NewDatabase} does.
 */
public final class Recreation {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Target target;
  private final ReplaySettings settings;
  private final Replayer replayer;

  /**
   * @param target the database that is to be replaced
   * @param settings how the scripts are run, and where they may be tried first
   */
  public Recreation(
      PostgresConnector connector,
      MigrationProject project,
      Target target,
      ReplaySettings settings) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.target = Objects.requireNonNull(target);
    this.settings = Objects.requireNonNull(settings);
    this.replayer = Replayer.of(connector, project, settings);
  }

  /**
   * Runs every script in a scratch database.
   *
   * @return what is to be in a database of these scripts; empty when there is no place for a
   *     scratch database, so that only {@link #build} tells whether they run
   * @throws StampguardException (refused) naming the oldest revision that cannot run, the relation
   *     it lacks and who makes that; (usage) when the scripts cannot be loaded
   */
  public Optional<ExpectationSource> rehearse(ReplayProgress progress) {
    return replayer
        .rehearse(new Replayer.Request(settings, Optional.of(target), Optional.empty()), progress)
        .map(
            replayed ->
                new ReplaySource(
                    project.scripts(),
                    replayed.replay().expectation(),
                    replayed.defaultSchema(),
                    List.of()));
  }

  /**
   * Makes a database with the present one's owner, locale, settings, privileges and extensions,
   * runs every script in it, and examines it.
   *
   * @param source how it is known what must be in it
   * @return the database, for the caller to close; closing it drops it, unless it took over
   * @throws StampguardException (refused) when a script cannot run in it, or it is not what the
   *     scripts promise; (no access) when the role may not create it. Nothing is left of it then
   */
  public NewDatabase build(ExpectationSource source, ReplayProgress progress) {
    project.scripts().graph().requireWhole();
    Present present = read();
    DatabaseModel model = replayer.model(target);
    ReplacementDatabase database =
        ReplacementDatabase.create(connector, target, present.properties());
    boolean isBuilt = false;
    try {
      var remarks = new ArrayList<>(database.finish());
      remarks.addAll(database.furnish(model, settings.extensions()));
      give(present.privileges(), database.target(), true);
      Optional<String> searchPath = Optional.ofNullable(model.settings().get("search_path"));
      searchPath.ifPresent(database::follow);
      replayer.run(settings.run(), database.target(), progress);
      searchPath.ifPresent(path -> database.unfollow());
      remarks.addAll(give(present.privileges(), database.target(), false));
      Examination examination =
          new Examiner(connector, project)
              .examine(Examiner.Request.plain(database.target(), source));
      requireConsistent(examination);
      isBuilt = true;
      return new NewDatabase(connector, project, target, database, examination, remarks);
    } finally {
      if (!isBuilt) {
        database.close();
      }
    }
  }

  /** What the scripts do not say about the present database. */
  private record Present(DatabaseProperties properties, Privileges privileges) {}

  private Present read() {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      return new Present(DatabaseProperties.read(transaction), Privileges.read(transaction));
    }
  }

  private List<String> give(Privileges privileges, Target database, boolean isEarly) {
    try (PostgresConnection connection = connector.open(database)) {
      return privileges.give(connection, isEarly);
    }
  }

  private void requireConsistent(Examination examination) {
    Diagnosis diagnosis = examination.diagnosis();
    if (diagnosis.verdict() != Verdict.CONSISTENT) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "a database built from the scripts is %s itself%s; nothing was changed"
              .formatted(
                  diagnosis.verdict().label(),
                  diagnosis.findings().stream()
                      .findFirst()
                      .map(finding -> " (" + finding.code() + ": " + finding.title() + ")")
                      .orElse("")),
          "`stampguard snapshot` tells what the scripts really do");
    }
  }

  /**
   * Takes a recreation back: the kept database gets its name again.
   *
   * @param kept the name under which it was kept
   * @param now when this happens
   * @param terminate whether to end the sessions that are in the way
   * @return the name under which the new database is kept from then on
   * @throws StampguardException as {@link DatabaseSwap#swap(DatabaseSwap.Request)} says
   */
  public String putBack(String kept, Instant now, boolean terminate) {
    var swap = new DatabaseSwap(connector, target);
    String name = swap.freeKeptName(target.database(), now);
    swap.swap(new DatabaseSwap.Request(target.database(), kept, name, terminate));
    return name;
  }
}
