package dev.stampguard.service;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Databases;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Evidence;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RevisionGraph;
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
   * What there is beside a database.
   *
   * @param siblings sorted by name
   * @param leftOut databases that could not be looked at, one sentence each, sorted
   */
  public record Sighting(List<Sibling> siblings, List<String> leftOut) {
    public Sighting {
      siblings = List.copyOf(siblings);
      leftOut = List.copyOf(leftOut);
    }

    private Sighting with(String remark) {
      var all = new ArrayList<String>(leftOut);
      all.add(remark);
      return new Sighting(siblings, all);
    }
  }

  /** Looks at one database; empty when it is no sibling. */
  interface Look {
    Optional<Sibling> at(String database);
  }

  /**
   * Looks at all of them at once, and leaves out those that do not answer in time or cannot be
   * judged, for whatever reason: a neighbour must not hold up the story, much less end it.
   *
   * @param target the database whose neighbours are wanted
   * @param examination what was found in the target
   */
  public Sighting look(Target target, Examination examination) {
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
      return new Sighting(List.of(), List.of("no other database was looked at: " + e.getMessage()));
    }
    var examiner = new Examiner(connector, project);
    Sighting sighting =
        look(
            names.stream()
                .sorted(Neighbours.byLikeness(target.database()))
                .limit(MOST_SIBLINGS)
                .toList(),
            name -> look(examiner, target.withDatabase(name, "sibling"), examination.source()),
            limit);
    int more = names.size() - MOST_SIBLINGS;
    return more > 0 ? sighting.with(crowd(more)) : sighting;
  }

  private static String crowd(int more) {
    return "%s of that server left out: only %s whose names begin like the target's are looked at"
        .formatted(Words.count(more, "other database"), MOST_SIBLINGS);
  }

  static Sighting look(List<String> names, Look look, Duration limit) {
    var siblings = new ArrayList<Sibling>();
    var leftOut = new ArrayList<String>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Sibling>>> looks =
          pool.invokeAll(
              names.stream().<Callable<Optional<Sibling>>>map(name -> () -> look.at(name)).toList(),
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
      for (int i = 0; i < looks.size(); i++) {
        try {
          looks.get(i).get().ifPresent(siblings::add);
        } catch (CancellationException e) {
          leftOut.add(
              leftOut(names.get(i), "it took longer than %s ms".formatted(limit.toMillis())));
        } catch (ExecutionException e) {
          leftOut.add(leftOut(names.get(i), reason(e.getCause())));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    siblings.sort(Comparator.comparing(Sibling::database));
    leftOut.sort(Comparator.naturalOrder());
    return new Sighting(siblings, leftOut);
  }

  private static String leftOut(String database, String reason) {
    return "`%s` was left out: %s".formatted(database, reason);
  }

  /** Only messages of our own are known to hold no secret. */
  private static String reason(Throwable failure) {
    return failure instanceof StampguardException
        ? failure.getMessage()
        : "it could not be judged (%s)".formatted(failure.getClass().getSimpleName());
  }

  private static Optional<Sibling> look(
      Examiner examiner, Target target, ExpectationSource source) {
    Examination examination = examiner.examine(Examiner.Request.plain(target, source));
    Diagnosis diagnosis = examination.diagnosis();
    return isKin(examination.graph(), diagnosis)
        ? Optional.of(new Sibling(target.database(), diagnosis.verdict(), diagnosis.tables()))
        : Optional.empty();
  }

  /**
   * A database is a sibling when its ledger names at least one revision of these scripts. Where
   * revisions are called 1, 2 and 3, other projects' are as well: there something of the scripts
   * must be in the schema, too.
   */
  private static boolean isKin(RevisionGraph graph, Diagnosis diagnosis) {
    return diagnosis.ledger().rows().stream().anyMatch(row -> graph.find(row).isPresent())
        && (diagnosis.ledger().marks().isEmpty()
            || diagnosis.revisions().stream()
                .anyMatch(
                    revision ->
                        revision.recorded()
                            && revision.evidence() != Evidence.ABSENT
                            && revision.evidence() != Evidence.NONE));
  }
}
