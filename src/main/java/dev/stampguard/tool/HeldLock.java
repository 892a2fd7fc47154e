package dev.stampguard.tool;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlResource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A migration tool's lock that is held right now.
 *
 * @param lock which one
 * @param by who holds it: what the row says, or the session; empty when nothing says so
 * @param since when it was taken or its session went idle, for a person to read; empty when nothing
 *     says so
 * @param age how long ago that is; empty when nothing says so
 * @param isIdle whether the session that holds it does nothing; of a row always, for it has none
 * @param areOthersAtWork whether another session of this database is doing something, or may be
 */
public record HeldLock(
    ToolLock lock,
    Optional<String> by,
    Optional<String> since,
    Optional<Duration> age,
    boolean isIdle,
    boolean areOthersAtWork) {
  public HeldLock {
    Objects.requireNonNull(lock);
    Objects.requireNonNull(by);
    Objects.requireNonNull(since);
    Objects.requireNonNull(age);
  }

  /**
   * Looks whether a lock is held: one message.
   *
   * @return empty when it is free, or cannot be looked at: then there may be no table for it
   */
  public static Optional<HeldLock> look(PostgresConnection connection, ToolLock lock) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      return transaction.runAlone(query(lock)).flatMap(found -> found);
    }
  }

  private static Query<Optional<HeldLock>> query(ToolLock lock) {
    Query<List<HeldLock>> held =
        switch (lock) {
          case ToolLock.Row row -> RowQuery.each(row.sql(), found -> of(lock, found, true)).query();
          case ToolLock.Advisory key ->
              RowQuery.each(
                      Query.bind(
                          SqlResource.read("advisory-lock-holder"),
                          List.of(
                              Long.toString(key.classId()),
                              Long.toString(key.objectId()),
                              Integer.toString(key.subId()))),
                      found -> of(lock, found, found.isTrue(4)))
                  .query();
        };
    Query<Integer> atWork =
        RowQuery.each(SqlResource.read("sessions-at-work"), row -> row.text(1))
            .map(counts -> Integer.parseInt(counts.getFirst()))
            .query();
    return held.and(
        atWork,
        (locks, others) ->
            locks.stream().findFirst().map(found -> others > 0 ? found.amongOthers() : found));
  }

  private static HeldLock of(ToolLock lock, Row row, boolean isIdle) {
    return new HeldLock(
        lock,
        Optional.ofNullable(row.text(1)),
        Optional.ofNullable(row.text(2)),
        Optional.ofNullable(row.text(3)).map(text -> Duration.ofSeconds(Long.parseLong(text))),
        isIdle,
        false);
  }

  private HeldLock amongOthers() {
    return new HeldLock(lock, by, since, age, isIdle, true);
  }
}
