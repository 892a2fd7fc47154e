package dev.stampguard.service.recreate;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
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
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.service.Examination;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.KnownTools;
import dev.stampguard.service.Subject;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.service.replay.Replayer;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.service.source.ReplaySource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds a database anew from a project's scripts, beside the present one, which is only read. In
 * this order: {@link #rehearse}, {@link #build}, and what {@link NewDatabase} does.
 */
public final class Recreation {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final List<Subject> others;
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
    this(connector, project, List.of(), target, settings);
  }

  /**
   * As the other, of a project with several tools.
   *
   * @param others the tools whose scripts run as well, in the order in which tools are looked for
   */
  public Recreation(
      PostgresConnector connector,
      MigrationProject project,
      List<Subject> others,
      Target target,
      ReplaySettings settings) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.others = List.copyOf(others);
    this.target = Objects.requireNonNull(target);
    this.settings = Objects.requireNonNull(settings);
    this.replayer = Replayer.of(connector, project, settings);
  }

  /** How many revisions run. */
  public int revisions() {
    return inOrder().stream().mapToInt(tool -> tool.scripts().graph().revisions().size()).sum();
  }

  private List<MigrationProject> inOrder() {
    return Stream.concat(Stream.of(project), others.stream().map(Subject::project))
        .sorted(Comparator.comparingInt(tool -> KnownTools.names().indexOf(tool.tool())))
        .toList();
  }

  /**
   * Runs every script in a scratch database.
   *
   * @return what is to be in a database of these scripts; empty when there is no place for a
   *     scratch database, so that only {@link #build} tells whether they run, and of several tools
   * @throws StampguardException (refused) naming the oldest revision that cannot run, the relation
   *     it lacks and who makes that; (usage) when the scripts cannot be loaded
   */
  public Optional<ExpectationSource> rehearse(ReplayProgress progress) {
    if (!others.isEmpty()) {
      rehearseTogether(progress);
      return Optional.empty();
    }
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

  /** What one tool's scripts make, another's may need. */
  private void rehearseTogether(ReplayProgress progress) {
    requireWhole();
    var scratches =
        new Scratches(
            connector, ServerPrograms.find(settings.run().environment().getOrDefault("PATH", "")));
    try (Scratch scratch =
        scratches
            .open(
                new Scratches.Request(
                    settings.placement(), Optional.of(target), model(), settings.extensions()))
            .orElse(null)) {
      if (scratch != null) {
        run(scratch.target(), progress);
      }
    }
  }

  private void requireWhole() {
    inOrder().forEach(tool -> tool.scripts().graph().requireWhole());
  }

  private DatabaseModel model() {
    DatabaseModel model = replayer.model(target);
    for (Subject other : others) {
      model = replayer(other.project()).withoutWhatScriptsMake(model);
    }
    return model;
  }

  private Replayer replayer(MigrationProject tool) {
    return tool.equals(project) ? replayer : Replayer.of(connector, tool, settings);
  }

  /** Runs every script of every tool. */
  private void run(Target database, ReplayProgress progress) {
    for (MigrationProject tool : inOrder()) {
      try {
        replayer(tool).run(settings.run(), database, progress);
      } catch (StampguardException e) {
        if (others.isEmpty() || e.exitCode() != ExitCode.REFUSED) {
          throw e;
        }
        throw new StampguardException(
            ExitCode.REFUSED,
            "by %s, which ran in the order %s: %s"
                .formatted(
                    tool.tool(),
                    String.join(", ", inOrder().stream().map(MigrationProject::tool).toList()),
                    e.getMessage()),
            "where another order is needed, make a database `%1$s_new`, run each tool's own upgrade in it in that order, see that `stampguard check` says nothing of it, and `stampguard target use %2$s`"
                .formatted(target.database(), ShellWords.quote(target.database() + "_new")));
      }
    }
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
    requireWhole();
    Present present = read();
    DatabaseModel model = model();
    ReplacementDatabase database =
        ReplacementDatabase.create(connector, target, present.properties());
    boolean isBuilt = false;
    try {
      var remarks = new ArrayList<>(database.finish());
      remarks.addAll(database.furnish(model, settings.extensions()));
      give(present.privileges(), database.target(), true);
      Optional<String> searchPath = Optional.ofNullable(model.settings().get("search_path"));
      searchPath.ifPresent(database::follow);
      run(database.target(), progress);
      searchPath.ifPresent(path -> database.unfollow());
      remarks.addAll(give(present.privileges(), database.target(), false));
      List<Examination> examined = examine(database.target(), source);
      isBuilt = true;
      return new NewDatabase(connector, project, target, database, examined, remarks);
    } finally {
      if (!isBuilt) {
        database.close();
      }
    }
  }

  /** By every tool, the one that is followed first. */
  private List<Examination> examine(Target database, ExpectationSource source) {
    List<Subject> all =
        Stream.concat(Stream.of(new Subject(project, source)), others.stream()).toList();
    List<Examination> examined =
        Examiner.examine(
            connector,
            all.stream()
                .map(
                    subject ->
                        new Examiner.Part(
                            new Examiner(connector, subject.project()),
                            Examiner.Request.plain(database, subject.source())))
                .toList(),
            Optional.empty());
    for (int i = 0; i < all.size(); i++) {
      requireConsistent(
          examined.get(i), others.isEmpty() ? "" : " by " + all.get(i).project().tool());
    }
    return examined;
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

  private void requireConsistent(Examination examination, String byWhom) {
    Diagnosis diagnosis = examination.diagnosis();
    if (diagnosis.verdict() != Verdict.CONSISTENT) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "a database built from the scripts is %s itself%s%s; nothing was changed"
              .formatted(
                  diagnosis.verdict().label(),
                  byWhom,
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
