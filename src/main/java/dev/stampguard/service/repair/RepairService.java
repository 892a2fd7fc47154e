package dev.stampguard.service.repair;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.backup.Progress;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Everything {@code repair} does with one database. */
public final class RepairService {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Repairer.Request request;
  private final Setting setting;
  private final JournalStore journals;

  /**
   * Where repairs are made.
   *
   * @param directory the project's, for journals and backups
   * @param backups where backups are kept
   * @param envFiles the files that name the target, absolute; they are backed up along
   * @param version stampguard's own
   * @param clock tells the time of what is written down
   * @param milestones hears where a repair is
   * @param progress tells a person how far a backup is
   */
  public record Setting(
      Path directory,
      Path backups,
      List<Path> envFiles,
      String version,
      Clock clock,
      Milestones milestones,
      Progress progress) {
    public Setting {
      Objects.requireNonNull(directory);
      Objects.requireNonNull(backups);
      envFiles = List.copyOf(envFiles);
      Objects.requireNonNull(version);
      Objects.requireNonNull(clock);
      Objects.requireNonNull(milestones);
      Objects.requireNonNull(progress);
    }
  }

  /**
   * What came of a repair.
   *
   * @param verdict what a fresh look says
   * @param backup the backup's id; empty when none was made
   * @param undo the command that takes everything back; empty when there is none
   * @param segments how many transactions it took
   * @param notes what was proven, one sentence each
   */
  public record Outcome(
      Verdict verdict,
      Optional<String> backup,
      Optional<String> undo,
      int segments,
      List<String> notes) {
    public Outcome {
      Objects.requireNonNull(verdict);
      Objects.requireNonNull(backup);
      Objects.requireNonNull(undo);
      notes = List.copyOf(notes);
    }
  }

  /** Keeps other repairs away from the database for as long as it is open. */
  public interface Hold extends AutoCloseable {
    /**
     * Makes sure that it still keeps them away, which ends with its session.
     *
     * @throws dev.stampguard.StampguardException (change failed) when somebody ended that
     */
    void require();

    /** Lets the next one in; closing twice does nothing. */
    @Override
    void close();
  }

  public RepairService(
      PostgresConnector connector,
      MigrationProject project,
      Repairer.Request request,
      Setting setting) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.request = Objects.requireNonNull(request);
    this.setting = Objects.requireNonNull(setting);
    this.journals = new JournalStore(setting.directory());
  }

  /**
   * Keeps other repairs away.
   *
   * @throws dev.stampguard.StampguardException (refused) naming the holder when one is under way
   */
  public Hold lock() {
    return RepairLock.take(connector, target());
  }

  /**
   * What became of an earlier repair of this database that was cut off; empty when there is none.
   *
   * @param close whether that is written down, which only a holder of the lock may do
   */
  public Optional<String> unfinished(boolean close) {
    var recovery = new Recovery(connector, project, journals, setting.clock());
    return close ? recovery.close(target()) : recovery.look(target());
  }

  /** Makes the plan; see {@link Repairer#prepare()}. */
  public Preparation prepare() {
    return new Repairer(connector, project, request).prepare();
  }

  /**
   * Carries a plan out.
   *
   * @param hold the lock on the database
   */
  public Outcome carryOut(Preparation prepared, Hold hold) {
    if (prepared.plan().isEmpty()) {
      return new Outcome(
          prepared.diagnosis().verdict(), Optional.empty(), Optional.empty(), 0, List.of());
    }
    Repair.Done done =
        new Repair(
                connector,
                project,
                request,
                setting,
                prepared,
                new DatabaseBackups(connector, project, request, setting, prepared))
            .carryOut(hold);
    Verdict verdict =
        new Examiner(connector, project)
            .examine(
                prepared
                    .switchedTo()
                    .map(target -> Examiner.Request.plain(target, request.examination().source()))
                    .orElse(request.examination()))
            .diagnosis()
            .verdict();
    Optional<String> undo =
        done.kept().or(done::backup).map(name -> "stampguard restore " + ShellWords.quote(name));
    var notes = new ArrayList<>(done.notes());
    if (undo.isPresent()) {
      // A restore makes a database as well, with the same programs.
      prepared
          .noRehearsal()
          .ifPresent(reason -> notes.add("the undo needs what the rehearsal lacked: " + reason));
    }
    return new Outcome(verdict, done.backup(), undo, prepared.plan().segments(), notes);
  }

  private Target target() {
    return request.target();
  }
}
