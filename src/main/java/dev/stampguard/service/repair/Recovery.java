package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.StateReader;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.repair.journal.Journal;
import dev.stampguard.repair.journal.Journal.Found;
import dev.stampguard.repair.journal.JournalEntry;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Finds out where a repair ended that nobody wrote the end of. */
public final class Recovery {
  /** A client that was killed is noticed at once, unless its server is at something. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final String IN_PROGRESS = "in progress";

  private final PostgresConnector connector;
  private final MigrationProject project;
  private final JournalStore journals;
  private final Clock clock;

  public Recovery(
      PostgresConnector connector, MigrationProject project, JournalStore journals, Clock clock) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.journals = Objects.requireNonNull(journals);
    this.clock = Objects.requireNonNull(clock);
  }

  /**
   * Says what became of the last repair of a database, and changes nothing.
   *
   * @return one sentence; empty when that repair ended in good order, or there was none
   */
  public Optional<String> look(Target target) {
    return journals
        .open(target.database(), Preparation.server(target))
        .map(journal -> sentence(journal, find(journal, target), target));
  }

  /**
   * As {@link #look}, and writes down how it ended; only while no other repair can be under way.
   */
  public Optional<String> close(Target target) {
    Optional<Journal> open = journals.open(target.database(), Preparation.server(target));
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Found found = find(open.get(), target);
    keepState(open.get(), found, target);
    String sentence = sentence(open.get(), found, target);
    journals.close(open.get(), end(found, target, sentence));
    return Optional.of(sentence);
  }

  /**
   * As {@link #close}, and keeps other repairs away meanwhile.
   *
   * @throws StampguardException (refused) when one is under way
   */
  public Optional<String> settle(Target target) {
    RepairLock lock = RepairLock.take(connector, target);
    try {
      return close(target);
    } finally {
      lock.close();
    }
  }

  /** Whoever goes back to the backup may give up what the repair left, and nothing newer. */
  private void keepState(Journal journal, Found found, Target target) {
    boolean isLeft =
        switch (found.outcome()) {
          case AFTER, BETWEEN -> journal.begun().database().equals(target.database());
          case BEFORE, CHANGED_SINCE -> false;
        };
    if (isLeft && journal.backup().isPresent()) {
      journals.keepState(
          journal.id(), new StateReader(Optional.of(project.ledger())).read(connector, target));
    }
  }

  private JournalEntry end(Found found, Target target, String sentence) {
    if (found.outcome() != Journal.Outcome.AFTER) {
      return new JournalEntry.Ended(clock.instant(), sentence);
    }
    return new JournalEntry.Done(clock.instant(), standing(target));
  }

  private Found find(Journal journal, Target target) {
    return journal.find(target.database(), id -> isCommitted(id, target), standing(target));
  }

  private Standing standing(Target target) {
    try (PostgresConnection connection = connector.open(target)) {
      return Verification.standing(
          Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger()));
    }
  }

  private Optional<Boolean> isCommitted(String transaction, Target target) {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    Optional<String> status = status(transaction, target);
    while (status.filter(IN_PROGRESS::equals).isPresent()) {
      if (System.nanoTime() > limit) {
        throw new StampguardException(
            ExitCode.REFUSED,
            "a repair of `%s` was cut off, and the server has not ended its transaction %s yet"
                .formatted(target.database(), transaction),
            "wait, or end its session with `pg_terminate_backend`, then try again");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      status = status(transaction, target);
    }
    return status.map("committed"::equals);
  }

  private Optional<String> status(String transaction, Target target) {
    try (PostgresConnection connection = connector.open(target);
        PreparedStatement statement =
            connection.jdbc().prepareStatement(SqlResource.read("transaction-status"))) {
      statement.setString(1, transaction);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return Optional.ofNullable(rows.getString(1));
      }
    } catch (SQLException e) {
      if ("22023".equals(e.getSQLState())) {
        return Optional.empty(); // Another server stands there now.
      }
      throw SqlErrors.translate(e, target);
    }
  }

  private static String sentence(Journal journal, Found found, Target target) {
    JournalEntry.Begun begun = journal.begun();
    String what = "the repair of %s (`%s`) was cut off".formatted(begun.time(), begun.strategy());
    String undo =
        journal.backup().map(id -> "; undo it with `stampguard restore " + id + "`").orElse("");
    return switch (found.outcome()) {
      case BEFORE ->
          "%s before it changed anything: `%s` is as before".formatted(what, begun.database());
      case AFTER ->
          begun.database().equals(target.database())
              ? "%s after its last commit: `%s` is repaired, nothing remains to be done%s"
                  .formatted(what, target.database(), undo)
              : "%s after the file was written: `%s` is the target now, nothing remains to be done%s"
                  .formatted(what, target.database(), undo);
      case BETWEEN ->
          "%s after %s of %s transactions: what remains is what a new plan says%s"
              .formatted(what, found.segment(), begun.segments(), undo);
      case CHANGED_SINCE ->
          "%s, and `%s` was changed since: `stampguard diagnose` says where it is%s"
              .formatted(what, begun.database(), undo);
    };
  }
}
