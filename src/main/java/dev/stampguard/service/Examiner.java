package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.service.Judgements.Judged;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a database and judges it by a project's scripts. */
public final class Examiner {
  /** How often a bad answer is looked at again before the schema counts as changing. */
  private static final int MOST_LOOKS = 4;

  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Optional<Judgements> judgements;

  public Examiner(PostgresConnector connector, MigrationProject project) {
    this(connector, project, Optional.empty());
  }

  /**
   * For many databases, with requests that differ in nothing but the target and the doubts.
   *
   * @param judgements remembers what was said of those before
   */
  public Examiner(PostgresConnector connector, MigrationProject project, Judgements judgements) {
    this(connector, project, Optional.of(judgements));
  }

  private Examiner(
      PostgresConnector connector, MigrationProject project, Optional<Judgements> judgements) {
    this.connector = connector;
    this.project = project;
    this.judgements = judgements;
  }

  /**
   * What to examine.
   *
   * @param target the database
   * @param source how it is known what must be there
   * @param doubts reasons to think that the target is not the database that was meant
   * @param accepted drift somebody accepted
   */
  public record Request(
      Target target,
      ExpectationSource source,
      List<TargetDoubt> doubts,
      List<AcceptedDrift> accepted) {
    public Request {
      doubts = List.copyOf(doubts);
      accepted = List.copyOf(accepted);
    }

    /** Another database by its own ledger, with nothing accepted. */
    public static Request plain(Target target, ExpectationSource source) {
      return new Request(target, source, List.of(), List.of());
    }
  }

  /**
   * Examines one database. Any verdict but a healthy one is confirmed by a second look:
   * PostgreSQL's deparsing functions see past the transaction's snapshot, and a migration may be
   * under way.
   *
   * @throws StampguardException (no access) when the database cannot be read; (refused, passing)
   *     when no two looks show the same schema
   */
  public Examination examine(Request request) {
    long start = System.nanoTime();
    try (PostgresConnection connection = connector.open(request.target())) {
      return examine(
          request, () -> look(connection, request.source()), connection.serverVersion(), start);
    }
  }

  /**
   * As {@link #examine(Request)}, of what is seen by other means.
   *
   * @param looks each brings what is there now
   * @param serverVersion as the server prints it
   */
  public Examination examine(Request request, Supplier<Inspection> looks, String serverVersion) {
    return examine(request, looks, serverVersion, System.nanoTime());
  }

  private Examination examine(
      Request request, Supplier<Inspection> looks, String serverVersion, long start) {
    Inspection seen = looks.get();
    for (int look = 1; look <= MOST_LOOKS; look++) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      Judged judged = judged(seen, request);
      Inspection again = isHealthy(judged.diagnosis()) ? seen : looks.get();
      if (again.equals(seen)) {
        return new Examination(
            judged.diagnosis(),
            project.scripts().graph(),
            judged.expectation(),
            request.source(),
            seen,
            serverVersion,
            took);
      }
      seen = again;
    }
    throw StampguardException.passing(
        ExitCode.REFUSED,
        "the schema of `%s` is changing: %d looks showed different schemas"
            .formatted(request.target().database(), MOST_LOOKS + 1),
        "wait for the migration to end with `--wait 30s`");
  }

  /** What is to be said of something that was seen by other means; nothing is read. */
  public Diagnosis judge(Inspection seen, Request request) {
    return judgedAnew(seen, request).diagnosis();
  }

  private Judged judged(Inspection seen, Request request) {
    return judgements
        .map(
            known ->
                known.of(
                    new Judgements.Seen(seen, request.doubts()), () -> judgedAnew(seen, request)))
        .orElseGet(() -> judgedAnew(seen, request));
  }

  private Judged judgedAnew(Inspection seen, Request request) {
    Expectation expectation = request.source().expectation(seen);
    return new Judged(expectation, diagnose(seen, expectation, request));
  }

  private Inspection look(PostgresConnection connection, ExpectationSource source) {
    return Inspection.of(connection, source.depth(), project.ledger());
  }

  private Diagnosis diagnose(Inspection seen, Expectation expectation, Request request) {
    return Diagnoser.diagnose(
        new Facts(
            project.scripts().graph(),
            seen.ledger(),
            seen.catalog(),
            expectation,
            request.doubts(),
            request.source().edits(),
            request.accepted()));
  }

  private static boolean isHealthy(Diagnosis diagnosis) {
    return diagnosis.verdict() == Verdict.CONSISTENT || diagnosis.verdict() == Verdict.BEHIND;
  }
}
