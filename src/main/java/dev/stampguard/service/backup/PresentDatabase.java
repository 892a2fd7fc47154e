package dev.stampguard.service.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Divergence;
import dev.stampguard.backup.StateReader;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.database.DatabaseSwap;
import dev.stampguard.target.Target;
import java.util.Objects;
import java.util.function.Predicate;

/** The database that is to be replaced, as long as it is still in use. */
final class PresentDatabase {
  private final PostgresConnector connector;
  private final Target target;
  private final StateReader reader;
  private final Predicate<String> keepsRows;
  private final boolean discard;

  /**
   * @param reader reads its state as the recorded one was read
   * @param keepsRows of which tables its rows are taken over
   * @param discard whether what would be lost may be
   */
  PresentDatabase(
      PostgresConnector connector,
      Target target,
      StateReader reader,
      Predicate<String> keepsRows,
      boolean discard) {
    this.connector = Objects.requireNonNull(connector);
    this.target = Objects.requireNonNull(target);
    this.reader = Objects.requireNonNull(reader);
    this.keepsRows = Objects.requireNonNull(keepsRows);
    this.discard = discard;
  }

  /**
   * Makes sure that going back loses nothing, unless it may.
   *
   * @param recorded the state that is known and may go
   * @return the state there is
   * @throws StampguardException (refused) naming what would be lost
   */
  DatabaseState requireNothingNewer(DatabaseState recorded) {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = StateReader.begin(connection)) {
      return requireNothingNewer(transaction, recorded, keepsRows);
    }
  }

  private DatabaseState requireNothingNewer(
      ReadOnlyTransaction transaction, DatabaseState recorded, Predicate<String> kept) {
    StateReader.Since since = reader.readSince(transaction, recorded);
    if (!discard) {
      Divergence divergence = Divergence.between(recorded, since.state(), since.written(), kept);
      if (!divergence.isEmpty()) {
        throw new StampguardException(
            ExitCode.REFUSED,
            "somebody has written to `%s` since, which would be lost: %s"
                .formatted(target.database(), String.join(", ", divergence.losses())),
            "keep it, or let it go with `--discard-newer-data`: the present database is kept under another name either way");
      }
    }
    return since.state();
  }

  /**
   * Copies the rows that are taken over, all of one moment.
   *
   * @param seen the state it was in a while ago
   * @return the state of that moment
   * @throws StampguardException (refused) when rows that are not taken over were written meanwhile
   */
  DatabaseState copyTo(Target replacement, DatabaseState seen, Progress progress) {
    try (PostgresConnection from = connector.open(target);
        ReadOnlyTransaction transaction = StateReader.begin(from);
        PostgresConnection to = connector.open(replacement)) {
      DatabaseState state = requireNothingNewer(transaction, seen, keepsRows);
      new TableCopy(transaction, to, progress).copy(keepsRows);
      return state;
    }
  }

  /**
   * Looks once more when nobody else is in it: what was written while the replacement was filled
   * would be lost too, whatever table it is in.
   */
  DatabaseSwap.LastLook lastLook(DatabaseState seen) {
    return DatabaseSwap.LastLook.at(
        target,
        named -> {
          try (PostgresConnection connection = connector.open(named);
              ReadOnlyTransaction transaction = StateReader.begin(connection)) {
            requireNothingNewer(transaction, seen, table -> false);
          }
        });
  }
}
