package dev.stampguard.tool.python.driver;

import dev.stampguard.StampguardException;
import dev.stampguard.postgres.LockHolder;
import dev.stampguard.postgres.PinnedSettings;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.Inspection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is read over the driver's session, as the role that connected, and behind a savepoint. */
final class ChangeReads implements Inspection.Rows {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final ChangeDialogue dialogue;
  private final Target target;
  private final ChangeLimits limits;
  private final Duration limit;

  /**
   * @param limit how long to wait for an answer
   */
  ChangeReads(ChangeDialogue dialogue, Target target, ChangeLimits limits, Duration limit) {
    this.dialogue = dialogue;
    this.target = target;
    this.limits = limits;
    this.limit = limit;
  }

  @Override
  public <T> T of(RowQuery<T> query) {
    return read(List.of(PinnedSettings.sql(limits.look(), limits.lock())), query);
  }

  @Override
  public <T> T unpinned(RowQuery<T> query) {
    return read(List.of(), query);
  }

  /** As {@link #of}, for as long as it takes, and with rows that are hidden as an error. */
  <T> T orError(RowQuery<T> query) {
    var before = new ArrayList<>(SqlResource.statements("rows-or-error"));
    before.add(PinnedSettings.sql(new StatementTimeout(limit), limits.lock()));
    return read(before, query);
  }

  private <T> T read(List<String> before, RowQuery<T> query) {
    var settings = new ArrayList<>(SqlResource.statements("as-connected"));
    settings.addAll(before);
    RowQuery.Reader<T> reader = query.reader().get();
    Optional<StampguardException> objection = Optional.empty();
    dialogue.send(DriverCommands.read(settings, query.sql()));
    while (true) {
      switch (dialogue.answer(limit, "while it read")) {
        case DriverMessage.Values(var row) -> {
          // Whoever objects to a row does not see the rest, which has to be heard all the same.
          if (objection.isEmpty()) {
            objection = objection(reader, row);
          }
        }
        case DriverMessage.Result r -> {
          // Whether the settings are back as they were is said next.
        }
        case DriverMessage.Done d -> {
          if (objection.isPresent()) {
            throw objection.get();
          }
          return reader.answer();
        }
        case DriverMessage.Failed(var trouble, var missing, var existing) ->
            throw isLocked(trouble)
                ? locked(LockHolder.ofAnyRelation(), trouble)
                : translate(trouble);
        case DriverMessage other -> throw dialogue.unexpected(other);
      }
    }
  }

  private static Optional<StampguardException> objection(RowQuery.Reader<?> reader, Row row) {
    try {
      reader.row(row);
      return Optional.empty();
    } catch (StampguardException e) {
      return Optional.of(e);
    }
  }

  static boolean isLocked(DriverMessage.Trouble trouble) {
    return trouble.sqlState().filter(LOCK_NOT_AVAILABLE::equals).isPresent();
  }

  /** What is said when a lock was not free in time. */
  StampguardException locked(RowQuery<Optional<LockHolder>> holder, DriverMessage.Trouble trouble) {
    return unpinned(holder).map(who -> who.refusal(target)).orElseGet(() -> translate(trouble));
  }

  /** What an error of the server means. */
  StampguardException translate(DriverMessage.Trouble trouble) {
    return SqlErrors.translate(
        new SQLException(dialogue.describe(trouble), trouble.sqlState().orElse(null)), target);
  }
}
