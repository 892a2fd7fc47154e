package dev.stampguard.service.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.EnvFiles;
import dev.stampguard.backup.Likeness;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.StateReader;
import dev.stampguard.backup.TableState;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.database.DatabaseSwap;
import dev.stampguard.postgres.database.Maintenance;
import dev.stampguard.postgres.scratch.ReplacementDatabase;
import dev.stampguard.target.Target;
import dev.stampguard.tool.LedgerReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Restores backups: into a database beside the present one, which is proven and then swapped in.
 * The present one is kept under another name.
 */
public final class Restorer {
  private final PostgresConnector connector;
  private final Steps steps;

  public Restorer(PostgresConnector connector) {
    this(connector, Steps.UNWATCHED);
  }

  Restorer(PostgresConnector connector, Steps steps) {
    this.connector = Objects.requireNonNull(connector);
    this.steps = Objects.requireNonNull(steps);
  }

  /** Which parts of a backup to restore. */
  public enum Parts {
    /** Whatever the backup holds. */
    ALL,
    /** Only the database. */
    DATABASE,
    /** Only the environment files. */
    ENV
  }

  /**
   * What to restore.
   *
   * @param backup the backup
   * @param server any database of the server; only an environment backup needs none
   * @param parts which parts of it
   * @param after the state that a repair left and that may go; empty when only the backup's own may
   * @param ledger how the ledger was read for {@code after}; of no interest without it
   * @param discardNewer whether what was written since may be lost
   * @param terminate whether to end the sessions that are in the way
   * @param unproven whether to go on when the restored database is not what the backup says
   * @param jobs how many tables are restored at once
   * @param project the project's directory
   * @param path the variable {@code PATH}, to find {@code pg_restore} on
   * @param time now, for the name that the present database is kept under
   */
  public record Request(
      Backup backup,
      Optional<Target> server,
      Parts parts,
      Optional<DatabaseState> after,
      Optional<LedgerReader> ledger,
      boolean discardNewer,
      boolean terminate,
      boolean unproven,
      int jobs,
      Path project,
      String path,
      Instant time) {
    public Request {
      Objects.requireNonNull(backup);
      Objects.requireNonNull(server);
      Objects.requireNonNull(parts);
      Objects.requireNonNull(after);
      Objects.requireNonNull(ledger);
      Objects.requireNonNull(project);
      Objects.requireNonNull(path);
      Objects.requireNonNull(time);
    }

    private boolean wantsDatabase() {
      return parts != Parts.ENV && backup.manifest().dump().isPresent();
    }

    private boolean wantsFiles() {
      return parts != Parts.DATABASE;
    }

    private Target target() {
      return server
          .orElseThrow(
              () ->
                  new StampguardException(
                      ExitCode.USAGE,
                      "no server is named to restore the database to",
                      "name any database of it with `--url`"))
          .withDatabase(backup.manifest().place().database(), "backup " + backup.id());
    }
  }

  /**
   * What was restored.
   *
   * @param database the database; empty when none was
   * @param kept what the one that was there is called now; empty when there was none
   * @param envFiles the environment files that were put back
   * @param warnings what could not be taken over, one sentence each
   */
  public record Restored(
      Optional<String> database,
      Optional<String> kept,
      List<EnvFiles.Restored> envFiles,
      List<String> warnings) {
    public Restored {
      Objects.requireNonNull(database);
      Objects.requireNonNull(kept);
      envFiles = List.copyOf(envFiles);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Restores.
   *
   * @throws StampguardException (refused) when the backup is damaged, when what somebody wrote
   *     since would be lost, or when sessions are in the way; (no access) when the role may not do
   *     it; (change failed) when the backup cannot be restored. The database is as it was then
   */
  public Restored restore(Request request, Progress progress) {
    if (request.parts() == Parts.DATABASE && !request.wantsDatabase()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the backup `%s` holds no database".formatted(request.backup().id()),
          "`stampguard backup list` says what each holds");
    }
    progress.show("checking `%s`".formatted(request.backup().id()));
    request.backup().requireIntact();
    var warnings = new ArrayList<String>();
    Optional<String> kept =
        request.wantsDatabase() ? restoreDatabase(request, progress, warnings) : Optional.empty();
    steps.reached("restore env files");
    List<EnvFiles.Restored> files =
        request.wantsFiles()
            ? new EnvFiles(request.project()).restore(request.backup())
            : List.of();
    steps.reached("end");
    return new Restored(
        request.wantsDatabase()
            ? Optional.of(request.backup().manifest().place().database())
            : Optional.empty(),
        kept,
        files,
        warnings);
  }

  private Optional<String> restoreDatabase(
      Request request, Progress progress, List<String> warnings) {
    Target target = request.target();
    Manifest.Dump dump = request.backup().manifest().dump().orElseThrow();
    boolean exists = Maintenance.exists(connector, target);
    var swap = new DatabaseSwap(connector, target);
    String keptName = swap.freeKeptName(target.database(), request.time());
    if (exists && !request.terminate()) {
      // Better now than after hours of restoring.
      swap.requireFree(target.database());
    }
    var present =
        new PresentDatabase(
            connector,
            target,
            reader(request, dump),
            dump::keepsPresentRows,
            request.discardNewer());
    steps.reached("compare");
    progress.show("comparing `%s` with the backup".formatted(target.database()));
    var seen = new AtomicReference<Optional<DatabaseState>>(Optional.empty());
    if (exists) {
      seen.set(Optional.of(present.requireNothingNewer(request.after().orElse(dump.state()))));
    }
    steps.reached("create");
    try (var replacement =
        ReplacementDatabase.create(connector, target, request.backup().properties())) {
      steps.reached("fill");
      new Filling(
              connector,
              request.backup(),
              replacement.target(),
              request.path(),
              request.jobs(),
              progress)
          .fill(
              () ->
                  seen.set(
                      seen.get()
                          .map(state -> present.copyTo(replacement.target(), state, progress))));
      steps.reached("prove");
      progress.show("proving what was restored");
      prove(request, dump, replacement.target(), seen.get(), warnings);
      steps.reached("finish");
      warnings.addAll(replacement.finish());
      steps.reached("swap");
      replacement.takePlaceOf(
          target.database(),
          keptName,
          request.terminate(),
          seen.get().map(present::lastLook).orElse(DatabaseSwap.LastLook.none()));
      steps.reached("swapped");
    }
    return exists ? Optional.of(keptName) : Optional.empty();
  }

  /** As the state was read that the present one is compared with. */
  private static StateReader reader(Request request, Manifest.Dump dump) {
    return new StateReader(
        request.after().isPresent()
            ? request.ledger()
            : dump.ledger().map(Manifest.LedgerTable::reader));
  }

  private void prove(
      Request request,
      Manifest.Dump dump,
      Target replacement,
      Optional<DatabaseState> present,
      List<String> warnings) {
    DatabaseState restored =
        new StateReader(dump.ledger().map(Manifest.LedgerTable::reader))
            .read(connector, replacement);
    DatabaseState expected = expected(dump, present);
    Likeness likeness =
        Likeness.between(
                expected,
                restored,
                table ->
                    dump.heldTables().contains(table)
                        || present.filter(now -> now.tables().containsKey(table)).isPresent())
            .andLedger(expected, restored);
    if (likeness.isComplete()) {
      return;
    }
    String differences = String.join(", ", likeness.differences());
    if (!request.unproven()) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "what `%s` gives is not what it says, so nothing was changed: %s"
              .formatted(request.backup().id(), differences),
          "take another backup, or take it as it is with `--unproven`");
    }
    warnings.add("what was restored is not what the backup says: " + differences);
  }

  /** The rows that the backup does not hold come from the present database. */
  private static DatabaseState expected(Manifest.Dump dump, Optional<DatabaseState> present) {
    var tables = new TreeMap<>(dump.state().tables());
    tables.replaceAll(
        (table, state) ->
            dump.heldTables().contains(table)
                ? state
                : new TableState(
                    present.map(now -> now.tables().get(table)).map(TableState::rows).orElse(0L),
                    state.digest()));
    return new DatabaseState(
        dump.state().fingerprint(),
        tables,
        dump.state().ledger(),
        dump.state().snapshot(),
        dump.state().identity(),
        dump.state().largeObjects());
  }
}
