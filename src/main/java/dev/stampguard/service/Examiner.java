package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.ReferenceExpectation;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
   * @param reference a database whose definitions are right; empty to compare names only
   * @param doubts reasons to think that the target is not the database that was meant
   * @param accepted drift somebody accepted
   */
  public record Request(
      Target target,
      Optional<Target> reference,
      List<TargetDoubt> doubts,
      List<AcceptedDrift> accepted) {
    public Request {
      doubts = List.copyOf(doubts);
      accepted = List.copyOf(accepted);
    }

    /** Another database by its own ledger and names, with nothing accepted. */
    static Request plain(Target target) {
      return new Request(target, Optional.empty(), List.of(), List.of());
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
    Scripts scripts = project.scripts();
    Optional<Inspection> reference =
        request.reference().map(target -> lookAtReference(target, scripts));
    long start = System.nanoTime();
    try (PostgresConnection connection = connector.open(request.target())) {
      CatalogDepth depth = reference.isPresent() ? CatalogDepth.DEFINITIONS : CatalogDepth.NAMES;
      Inspection seen = Inspection.of(connection, depth, project.ledger());
      for (int look = 1; look <= MOST_LOOKS; look++) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expectation expectation = expectation(scripts, seen, reference);
        Diagnosis diagnosis = diagnose(scripts, seen, expectation, request);
        Inspection again =
            isHealthy(diagnosis) ? seen : Inspection.of(connection, depth, project.ledger());
        if (again.equals(seen)) {
          return new Examination(
              diagnosis, scripts.graph(), expectation, connection.serverVersion(), took);
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

  /** A reference that contradicts its own ledger would make a healthy target look wrong. */
  private Inspection lookAtReference(Target target, Scripts scripts) {
    Inspection seen;
    try (PostgresConnection connection = connector.open(target)) {
      seen = Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger());
    }
    Expectation expectation = expectation(scripts, seen, Optional.empty());
    Verdict verdict = diagnose(scripts, seen, expectation, Request.plain(target)).verdict();
    return switch (verdict) {
      case CONSISTENT, BEHIND -> seen;
      case INCONSISTENT, UNKNOWN ->
          throw new StampguardException(
              ExitCode.USAGE,
              "the reference `%s` is %s itself".formatted(target.database(), verdict.label()),
              "name a database that `stampguard check` finds healthy");
    };
  }

  private Diagnosis diagnose(
      Scripts scripts, Inspection seen, Expectation expectation, Request request) {
    return Diagnoser.diagnose(
        new Facts(
            scripts.graph(),
            seen.ledger(),
            seen.catalog(),
            expectation,
            project.commands(),
            request.doubts(),
            List.of(),
            request.accepted()));
  }

  private static boolean isHealthy(Diagnosis diagnosis) {
    return diagnosis.verdict() == Verdict.CONSISTENT || diagnosis.verdict() == Verdict.BEHIND;
  }

  private static Expectation expectation(
      Scripts scripts, Inspection seen, Optional<Inspection> reference) {
    Expectation fromScripts = ScriptExpectation.of(scripts, seen.defaultSchema(), seen.catalog());
    return reference
        .map(
            database ->
                ReferenceExpectation.of(
                    fromScripts,
                    scripts.graph(),
                    database.catalog().withoutRelation(database.ledger().table()),
                    database.ledger().rows()))
        .orElse(fromScripts);
  }
}
