package dev.stampguard.repair.journal;

import dev.stampguard.repair.journal.JournalEntry.Standing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that was written down about one repair.
 *
 * @param id the journal's name
 * @param entries in the order they were written; the first one begins the repair
 */
public record Journal(String id, List<JournalEntry> entries) {
  public Journal {
    Objects.requireNonNull(id);
    entries = List.copyOf(entries);
    if (entries.isEmpty() || !(entries.getFirst() instanceof JournalEntry.Begun)) {
      throw new IllegalArgumentException("a journal begins with its repair");
    }
  }

  /** What was to be done, to which database. */
  public JournalEntry.Begun begun() {
    return (JournalEntry.Begun) entries.getFirst();
  }

  /** Whether nobody wrote down how it ended. */
  public boolean isOpen() {
    return switch (entries.getLast()) {
      case JournalEntry.Done d -> false;
      case JournalEntry.Ended e -> false;
      case JournalEntry.Begun b -> true;
      case JournalEntry.BackedUp b -> true;
      case JournalEntry.Committing c -> true;
      case JournalEntry.Committed c -> true;
      case JournalEntry.Switching s -> true;
    };
  }

  /** Whether a database is what it repairs, or what it switches to. */
  public boolean concerns(String database) {
    return begun().database().equals(database) || isSwitchTo(database);
  }

  private boolean isSwitchTo(String database) {
    return last(JournalEntry.Switching.class)
        .filter(switching -> switching.to().equals(database))
        .isPresent();
  }

  /** Whether it set out to make the target's file name another database. */
  public boolean isSwitch() {
    return last(JournalEntry.Switching.class).isPresent();
  }

  /** The backup that was made first; empty when there is none. */
  public Optional<String> backup() {
    return last(JournalEntry.BackedUp.class).map(JournalEntry.BackedUp::backup);
  }

  /** How it was proven to have ended; empty when it was not. */
  public Optional<JournalEntry.Done> done() {
    return last(JournalEntry.Done.class);
  }

  /** Where an open repair was left, by what the database shows. */
  public enum Outcome {
    /** Nothing was changed. */
    BEFORE,
    /** Everything was changed. */
    AFTER,
    /** Some segments are committed, and the rest is as before. */
    BETWEEN,
    /** Neither: somebody changed the database since. */
    CHANGED_SINCE
  }

  /**
   * Where the database is.
   *
   * @param outcome where an open repair was left
   * @param segment the last segment that is committed; 0 when none is, or nobody can tell
   */
  public record Found(Outcome outcome, int segment) {}

  /**
   * Judges an open repair.
   *
   * @param database the target there is now
   * @param isCommitted whether the server says that a transaction was committed; empty when it does
   *     not know it
   * @param now what the database shows
   */
  public Found find(
      String database, Function<String, Optional<Boolean>> isCommitted, Standing now) {
    if (!begun().database().equals(database) && isSwitchTo(database)) {
      return new Found(Outcome.AFTER, begun().segments());
    }
    int committed = 0;
    boolean isKnown = true;
    for (JournalEntry entry : entries) {
      switch (entry) {
        case JournalEntry.Committed done -> committed = done.segment();
        case JournalEntry.Committing next -> {
          Optional<Boolean> answer = next.transaction().flatMap(isCommitted);
          isKnown = answer.isPresent();
          if (answer.orElseGet(() -> next.after().filter(now::equals).isPresent())) {
            committed = next.segment();
            isKnown = true;
          }
        }
        case JournalEntry.Begun b -> {}
        case JournalEntry.BackedUp b -> {}
        case JournalEntry.Switching s -> {}
        case JournalEntry.Done d -> {}
        case JournalEntry.Ended e -> {}
      }
    }
    if (committed == begun().segments()) {
      return new Found(Outcome.AFTER, committed);
    }
    if (committed > 0) {
      return new Found(Outcome.BETWEEN, committed);
    }
    return new Found(
        isKnown || begun().before().equals(now) ? Outcome.BEFORE : Outcome.CHANGED_SINCE, 0);
  }

  private <T extends JournalEntry> Optional<T> last(Class<T> kind) {
    return entries.reversed().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
