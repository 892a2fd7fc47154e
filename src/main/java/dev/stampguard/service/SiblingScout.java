package dev.stampguard.service;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Databases;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Looks at the other databases of the target's server that carry the same ledger. */
public final class SiblingScout {
  private static final int MOST_SIBLINGS = 20;
  private static final Duration LIMIT = Duration.ofMillis(500);

  /** On a machine that took longer than that for the target itself, neighbours take as long. */
  private static final int TIMES_THE_TARGET = 4;

  private final MigrationProject project;

  public SiblingScout(MigrationProject project) {
    this.project = project;
  }

  /**
   * Looks at all of them at once, and leaves out those that do not answer in time: a slow neighbour
   * must not hold up the story.
   *
   * @param target the database whose neighbours are wanted
   * @param examination what was found in the target
   * @return sorted by name
   */
  public List<Sibling> look(Target target, Examination examination) {
    Duration scaled = examination.took().multipliedBy(TIMES_THE_TARGET);
    Duration limit = scaled.compareTo(LIMIT) > 0 ? scaled : LIMIT;
    var connector =
        new PostgresConnector(
            new ConnectTimeout(limit), new StatementTimeout(limit), new LockTimeout(limit));
    List<String> names;
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      names = Databases.list(transaction);
    } catch (StampguardException e) {
      return List.of();
    }
    var siblings = new ArrayList<Sibling>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var examiner = new Examiner(connector, project);
      List<Future<Optional<Sibling>>> looks =
          pool.invokeAll(
              names.stream()
                  .sorted(byLikeness(target.database()))
                  .limit(MOST_SIBLINGS)
                  .<Callable<Optional<Sibling>>>map(
                      name ->
                          () ->
                              look(
                                  examiner,
                                  target.withDatabase(name, "sibling"),
                                  examination.source()))
                  .toList(),
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
      for (Future<Optional<Sibling>> look : looks) {
        answer(look).ifPresent(siblings::add);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    siblings.sort(Comparator.comparing(Sibling::database));
    return siblings;
  }

  /** On a crowded server those are looked at whose names begin like the target's. */
  private static Comparator<String> byLikeness(String database) {
    return Comparator.comparingInt((String name) -> -commonPrefix(name, database))
        .thenComparing(Comparator.naturalOrder());
  }

  private static int commonPrefix(String left, String right) {
    int length = 0;
    while (length < Math.min(left.length(), right.length())
        && left.charAt(length) == right.charAt(length)) {
      length++;
    }
    return length;
  }

  private static Optional<Sibling> answer(Future<Optional<Sibling>> look)
      throws InterruptedException {
    try {
      return look.get();
    } catch (CancellationException e) {
      return Optional.empty(); // too slow
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StampguardException) {
        return Optional.empty(); // not for us to read
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A database is a sibling when its ledger names at least one revision of these scripts. */
  private static Optional<Sibling> look(
      Examiner examiner, Target target, ExpectationSource source) {
    Examination examination = examiner.examine(Examiner.Request.plain(target, source));
    Diagnosis diagnosis = examination.diagnosis();
    return diagnosis.ledger().rows().stream()
            .anyMatch(row -> examination.graph().find(row).isPresent())
        ? Optional.of(new Sibling(target.database(), diagnosis.verdict(), diagnosis.tables()))
        : Optional.empty();
  }
}
