package dev.stampguard.service.repair;

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
import java.util.Objects;
import java.util.Optional;

/** Finds out where a repair ended that nobody wrote the end of. */
public final class Recovery {
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
        .map(journal -> sentence(journal, find(journal, target)));
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
    String sentence = sentence(open.get(), found);
    journals.close(open.get(), end(found, target, sentence));
    return Optional.of(sentence);
  }

  private JournalEntry end(Found found, Target target, String sentence) {
    if (found.outcome() != Journal.Outcome.AFTER) {
      return new JournalEntry.Ended(clock.instant(), sentence);
    }
    return new JournalEntry.Done(clock.instant(), standing(target));
  }

  private Found find(Journal journal, Target target) {
    return journal.find(id -> isCommitted(id, target), standing(target));
  }

  private Standing standing(Target target) {
    try (PostgresConnection connection = connector.open(target)) {
      return Verification.standing(
          Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger()));
    }
  }

  private Optional<Boolean> isCommitted(String transaction, Target target) {
    try (PostgresConnection connection = connector.open(target);
        PreparedStatement statement =
            connection.jdbc().prepareStatement(SqlResource.read("transaction-status"))) {
      statement.setString(1, transaction);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return Optional.ofNullable(rows.getString(1)).map("committed"::equals);
      }
    } catch (SQLException e) {
      if ("22023".equals(e.getSQLState())) {
        return Optional.empty(); // Another server stands there now.
      }
      throw SqlErrors.translate(e, target);
    }
  }

  private static String sentence(Journal journal, Found found) {
    JournalEntry.Begun begun = journal.begun();
    String what = "the repair of %s (`%s`) was cut off".formatted(begun.time(), begun.strategy());
    String undo =
        journal.backup().map(id -> "; undo it with `stampguard restore " + id + "`").orElse("");
    return switch (found.outcome()) {
      case BEFORE ->
          "%s before it changed anything: `%s` is as before".formatted(what, begun.database());
      case AFTER ->
          "%s after its last commit: `%s` is repaired, nothing remains to be done%s"
              .formatted(what, begun.database(), undo);
      case BETWEEN ->
          "%s after %d of %d transactions: what remains is what a new plan says%s"
              .formatted(what, found.segment(), begun.segments(), undo);
      case CHANGED_SINCE ->
          "%s, and `%s` was changed since: `stampguard diagnose` says where it is%s"
              .formatted(what, begun.database(), undo);
    };
  }
}
