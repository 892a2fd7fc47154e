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
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import java.time.Duration;
import java.util.List;

/** Looks at a database and judges it by a project's scripts. */
public final class Examiner {
  /** How often a bad answer is looked at again before the schema counts as changing. */
  private static final int MOST_LOOKS = 4;

  private final PostgresConnector connector;
  private final MigrationProject project;

  public Examiner(PostgresConnector connector, MigrationProject project) {
    this.connector = connector;
    this.project = project;
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
      Inspection seen = look(connection, request.source());
      for (int look = 1; look <= MOST_LOOKS; look++) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expectation expectation = request.source().expectation(seen);
        Diagnosis diagnosis = diagnose(seen, expectation, request);
        Inspection again = isHealthy(diagnosis) ? seen : look(connection, request.source());
        if (again.equals(seen)) {
          return new Examination(
              diagnosis,
              seen.catalog(),
              project.scripts().graph(),
              expectation,
              request.source(),
              connection.serverVersion(),
              took);
        }
        seen = again;
      }
    }
    throw StampguardException.passing(
        ExitCode.REFUSED,
        "the schema of `%s` is changing: %d looks showed different schemas"
            .formatted(request.target().database(), MOST_LOOKS + 1),
        "wait for the migration to end with `--wait 30s`");
  }

  /** What is to be said of something that was seen by other means; nothing is read. */
  public Diagnosis judge(Inspection seen, Request request) {
    return diagnose(seen, request.source().expectation(seen), request);
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
