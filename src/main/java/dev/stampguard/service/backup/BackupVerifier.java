package dev.stampguard.service.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Likeness;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.StateReader;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.database.DatabaseProperties;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Proves that backups can be restored, by restoring them where it harms nobody. */
public final class BackupVerifier {
  private final PostgresConnector connector;

  public BackupVerifier(PostgresConnector connector) {
    this.connector = Objects.requireNonNull(connector);
  }

  /**
   * What to prove, and where.
   *
   * @param backup the backup
   * @param placement where a scratch database may be made; a throw-away server of this machine
   *     serves when it has the major of the server that was backed up
   * @param target any database of the server that was backed up; empty when it is not known
   * @param jobs how many tables are restored at once
   * @param path the variable {@code PATH}, to find PostgreSQL's programs on
   */
  public record Request(
      Backup backup, ScratchPlacement placement, Optional<Target> target, int jobs, String path) {
    public Request {
      Objects.requireNonNull(backup);
      Objects.requireNonNull(placement);
      Objects.requireNonNull(target);
      Objects.requireNonNull(path);
    }

    private Manifest.Dump dump() {
      return backup.manifest().dump().orElseThrow();
    }
  }

  /**
   * Restores a backup into a scratch database and compares.
   *
   * @return what speaks against the backup, one short text each; nothing when it is proven
   * @throws StampguardException (no access) when there is no place to restore it to
   */
  public List<String> verify(Request request, Progress progress) {
    progress.show("comparing checksums");
    List<String> damages = request.backup().damages();
    if (!damages.isEmpty() || request.backup().manifest().dump().isEmpty()) {
      return damages;
    }
    if (request.backup().manifest().kind() == Manifest.Kind.FULL) {
      return inScratch(
          request,
          progress,
          filling -> filling.fill(() -> {}),
          restored -> likeness(request, restored, true));
    }
    // Without all rows, foreign keys may lead nowhere: constraints and rows are proven apart.
    var differences = new ArrayList<String>();
    differences.addAll(
        inScratch(
            request,
            progress,
            Filling::fillSchema,
            restored -> likeness(request, restored, false)));
    if (request.backup().rows().isPresent()) {
      differences.addAll(
          inScratch(
              request, progress, Filling::fillRows, restored -> rows(request.dump(), restored)));
    }
    return differences;
  }

  /** Compares what a scratch database holds with what the backup says. */
  private interface Comparison {
    List<String> differences(DatabaseState restored);
  }

  private static List<String> likeness(Request request, DatabaseState restored, boolean rows) {
    DatabaseState expected = request.dump().state();
    Likeness likeness = Likeness.between(expected, restored, table -> rows);
    return (rows ? likeness.andLedger(expected, restored) : likeness).differences();
  }

  private static List<String> rows(Manifest.Dump dump, DatabaseState restored) {
    return dump.heldTables().stream()
        .filter(
            table ->
                !restored.tables().containsKey(table)
                    || restored.tables().get(table).rows()
                        != dump.state().tables().get(table).rows())
        .map(table -> "the rows of `%s` are not all there".formatted(table))
        .toList();
  }

  private List<String> inScratch(
      Request request, Progress progress, Consumer<Filling> fill, Comparison comparison) {
    try (Scratch scratch = open(request)) {
      try {
        fill.accept(
            new Filling(
                connector,
                request.backup(),
                scratch.target(),
                request.path(),
                request.jobs(),
                progress));
      } catch (StampguardException e) {
        if (e.exitCode() != ExitCode.CHANGE_FAILED) {
          throw e;
        }
        return List.of(e.getMessage());
      }
      progress.show("comparing what was restored");
      return comparison.differences(
          new StateReader(request.dump().ledger().map(Manifest.LedgerTable::reader))
              .read(connector, scratch.target()));
    }
  }

  private Scratch open(Request request) {
    DatabaseProperties properties = request.backup().properties();
    var model =
        new DatabaseModel(
            properties.encoding(),
            properties.locale(),
            Map.of(),
            properties.roles(),
            List.of(),
            List.of());
    Optional<ServerPrograms> programs =
        ServerPrograms.find(request.path(), request.dump().serverMajor());
    return new Scratches(connector, programs)
        .open(new Scratches.Request(request.placement(), request.target(), model, List.of()))
        .orElseThrow(
            () ->
                new StampguardException(
                    ExitCode.NO_ACCESS,
                    "there is no place to restore `%s` to: PostgreSQL %s's server programs are not on this machine, and the target is not either"
                        .formatted(request.backup().id(), request.dump().serverMajor()),
                    "install them, or name a server with `--scratch server` or `--scratch URL`"));
  }
}
