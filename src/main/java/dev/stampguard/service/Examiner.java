package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Beside;
import dev.stampguard.diagnosis.Beside.Owner;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.diagnosis.OrphanedLock;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.service.Judgements.Judged;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.HeldLock;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.MigrationProject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
   * @param beside the project's other tools, whose objects are not extra
   */
  public record Request(
      Target target,
      ExpectationSource source,
      List<TargetDoubt> doubts,
      List<AcceptedDrift> accepted,
      List<Subject> beside) {
    public Request {
      doubts = List.copyOf(doubts);
      accepted = List.copyOf(accepted);
      beside = List.copyOf(beside);
    }

    /** Another database by its own ledger, with nothing accepted. */
    public static Request plain(Target target, ExpectationSource source) {
      return new Request(target, source, List.of(), List.of(), List.of());
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
    return examine(connector, List.of(new Part(this, request)), false).getFirst();
  }

  /**
   * One of several tools by which one database is judged.
   *
   * @param examiner of the tool
   */
  public record Part(Examiner examiner, Request request) {}

  /**
   * As {@link #examine(Request)}, by several tools of one project: over one connection, with one
   * look at the catalog for all.
   *
   * @param parts at least one, all about the same target
   * @param looksAtLocks whether to tell of the tools' locks as well: a round trip for each
   * @return one per part, in the same order
   */
  public static List<Examination> examine(
      PostgresConnector connector, List<Part> parts, boolean looksAtLocks) {
    long start = System.nanoTime();
    try (PostgresConnection connection = connector.open(parts.getFirst().request().target())) {
      List<Examination> found =
          examine(parts, () -> look(connection, parts), connection.serverVersion(), start);
      return looksAtLocks
          ? IntStream.range(0, parts.size())
              .mapToObj(i -> withLock(connection, parts.get(i).examiner().project, found.get(i)))
              .toList()
          : found;
    }
  }

  /**
   * As {@link #examine(Request)}, of what is seen by other means.
   *
   * @param looks each brings what is there now
   * @param serverVersion as the server prints it
   */
  public Examination examine(Request request, Supplier<Inspection> looks, String serverVersion) {
    return examine(
            List.of(new Part(this, request)),
            () -> List.of(looks.get()),
            serverVersion,
            System.nanoTime())
        .getFirst();
  }

  private static List<Examination> examine(
      List<Part> parts, Supplier<List<Inspection>> looks, String serverVersion, long start) {
    List<Inspection> seen = looks.get();
    for (int look = 1; look <= MOST_LOOKS; look++) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<Judged> judged = judge(parts, seen);
      boolean isHealthy = judged.stream().allMatch(one -> isHealthy(one.diagnosis()));
      List<Inspection> again = isHealthy ? seen : looks.get();
      if (again.equals(seen)) {
        return IntStream.range(0, parts.size())
            .mapToObj(
                i ->
                    new Examination(
                        judged.get(i).diagnosis(),
                        parts.get(i).examiner().project.scripts().graph(),
                        judged.get(i).expectation(),
                        parts.get(i).request().source(),
                        again.get(i),
                        serverVersion,
                        took))
            .toList();
      }
      seen = again;
    }
    throw StampguardException.passing(
        ExitCode.REFUSED,
        "the schema of `%s` is changing: %d looks showed different schemas"
            .formatted(parts.getFirst().request().target().database(), MOST_LOOKS + 1),
        "wait for the migration to end with `--wait 30s`");
  }

  /** What is to be said of something that was seen by other means; nothing is read. */
  public Diagnosis judge(Inspection seen, Request request) {
    return judgedAnew(request.source().expectation(seen), List.of(), seen, request).diagnosis();
  }

  /** By every tool; what one expects, the others find no extra. */
  private static List<Judged> judge(List<Part> parts, List<Inspection> seen) {
    var expectations = new ArrayList<Lazy<Expectation>>();
    for (int i = 0; i < parts.size(); i++) {
      Inspection own = seen.get(i);
      ExpectationSource source = parts.get(i).request().source();
      expectations.add(new Lazy<>(() -> source.expectation(own)));
    }
    return IntStream.range(0, parts.size())
        .mapToObj(
            i ->
                parts
                    .get(i)
                    .examiner()
                    .judged(
                        seen.get(i),
                        parts.get(i).request(),
                        () ->
                            parts
                                .get(i)
                                .examiner()
                                .judgedAnew(
                                    expectations.get(i).get(),
                                    others(i, parts, seen, expectations),
                                    seen.get(i),
                                    parts.get(i).request())))
        .toList();
  }

  /** What another tool that judges the same database has there. */
  private record Other(String tool, Owner owner, Ledger ledger) {}

  private static List<Other> others(
      int judging, List<Part> parts, List<Inspection> seen, List<Lazy<Expectation>> expectations) {
    return IntStream.range(0, parts.size())
        .filter(i -> i != judging)
        .mapToObj(
            i -> {
              MigrationProject project = parts.get(i).examiner().project;
              return new Other(
                  project.tool(),
                  new Owner(project.scripts().graph(), expectations.get(i).get()),
                  seen.get(i).ledger());
            })
        .toList();
  }

  private static Examination withLock(
      PostgresConnection connection, MigrationProject project, Examination found) {
    return project.locks(found.seen().ledger(), connection.target().database()).stream()
        .flatMap(lock -> HeldLock.look(connection, lock).stream())
        .findFirst()
        .map(held -> found.with(OrphanedLock.judge(found.diagnosis(), project.tool(), held)))
        .orElse(found);
  }

  private Judged judged(Inspection seen, Request request, Supplier<Judged> anew) {
    return judgements
        .map(known -> known.of(new Judgements.Seen(seen, request.doubts()), anew))
        .orElseGet(anew);
  }

  private static List<Inspection> look(PostgresConnection connection, List<Part> parts) {
    CatalogDepth depth =
        parts.stream()
            .map(part -> part.request().source().depth())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Inspection.ofEach(
        connection,
        depth,
        parts.stream()
            .map(part -> part.examiner().project)
            .map(project -> project.ledger().of(project.tool()))
            .toList());
  }

  private Judged judgedAnew(
      Expectation expectation, List<Other> others, Inspection seen, Request request) {
    return new Judged(
        expectation,
        Diagnoser.diagnose(
            new Facts(
                project.scripts().graph(),
                seen.ledger(),
                seen.catalog(),
                expectation,
                request.doubts(),
                request.source().edits(),
                request.accepted(),
                beside(others, seen, request.beside()))));
  }

  private Beside beside(List<Other> judging, Inspection seen, List<Subject> unread) {
    var tools = new HashSet<String>(Set.of(project.tool()));
    var ledgers = new HashSet<QualifiedName>();
    var owners = new ArrayList<Owner>();
    for (Other other : judging) {
      tools.add(other.tool());
      owners.add(other.owner());
      ledgers.add(other.ledger().table());
      ledgers.addAll(other.ledger().others());
    }
    for (Subject subject : unread) {
      tools.add(subject.project().tool());
      owners.add(subject.owner(seen));
      subject.ledgers(seen).forEach(ledgers::add);
    }
    ledgers.remove(seen.ledger().table());
    return new Beside(tools, ledgers, owners);
  }

  private static boolean isHealthy(Diagnosis diagnosis) {
    return diagnosis.verdict() == Verdict.CONSISTENT || diagnosis.verdict() == Verdict.BEHIND;
  }
}
