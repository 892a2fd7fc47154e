package dev.stampguard.repair.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One line of a journal. The closed list. */
public sealed interface JournalEntry {
  /** When it was written. */
  Instant time();

  /**
   * A repair began. Nothing is changed yet.
   *
   * @param plan the plan's id
   * @param strategy the strategy's word
   * @param database the target's name
   * @param server where it is, as host and port
   * @param before what the repair found
   * @param segments how many transactions it takes
   * @param version stampguard's own
   */
  record Begun(
      Instant time,
      String plan,
      String strategy,
      String database,
      String server,
      Standing before,
      int segments,
      String version)
      implements JournalEntry {
    public Begun {
      Objects.requireNonNull(time);
      Objects.requireNonNull(plan);
      Objects.requireNonNull(strategy);
      Objects.requireNonNull(database);
      Objects.requireNonNull(server);
      Objects.requireNonNull(before);
      Objects.requireNonNull(version);
    }
  }

  /**
   * A backup is complete.
   *
   * @param backup its id
   */
  record BackedUp(Instant time, String backup) implements JournalEntry {
    public BackedUp {
      Objects.requireNonNull(time);
      Objects.requireNonNull(backup);
    }
  }

  /**
   * The next thing that happens is a commit.
   *
   * @param segment counted from 1
   * @param transaction the server's id of the transaction; empty when the segment commits by itself
   * @param after what is there when the commit succeeds; empty when nobody knows yet
   */
  record Committing(
      Instant time, int segment, Optional<String> transaction, Optional<Standing> after)
      implements JournalEntry {
    public Committing {
      Objects.requireNonNull(time);
      Objects.requireNonNull(transaction);
      Objects.requireNonNull(after);
    }
  }

  /** A segment is committed. */
  record Committed(Instant time, int segment) implements JournalEntry {
    public Committed {
      Objects.requireNonNull(time);
    }
  }

  /**
   * The next thing that happens is that the target's file names another database.
   *
   * @param to that database's name
   */
  record Switching(Instant time, String to) implements JournalEntry {
    public Switching {
      Objects.requireNonNull(time);
      Objects.requireNonNull(to);
    }
  }

  /**
   * The repair is over and was proven.
   *
   * @param after what it left
   */
  record Done(Instant time, Standing after) implements JournalEntry {
    public Done {
      Objects.requireNonNull(time);
      Objects.requireNonNull(after);
    }
  }

  /**
   * The repair ended early; what was not committed is rolled back.
   *
   * @param reason one sentence
   */
  record Ended(Instant time, String reason) implements JournalEntry {
    public Ended {
      Objects.requireNonNull(time);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * What tells one state of a database from another.
   *
   * @param fingerprint 64 hex digits: the catalog without the ledger
   * @param ledger the ledger's rows, sorted
   */
  record Standing(String fingerprint, List<String> ledger) {
    public Standing {
      Objects.requireNonNull(fingerprint);
      ledger = List.copyOf(ledger);
    }
  }
}
