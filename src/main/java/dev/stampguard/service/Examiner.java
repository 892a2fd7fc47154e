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
import dev.stampguard.diagnosis.FailedChecks;
import dev.stampguard.diagnosis.OrphanedLock;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ServerMoment;
import dev.stampguard.service.Judgements.Judged;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Edition;
import dev.stampguard.tool.HeldLock;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.OwnCheck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
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
    return examine(connector, List.of(new Part(this, request)), Optional.empty()).getFirst();
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
   * @param closer whether to look at the tools' locks as well, a round trip for each, and to run
   *     the project's own checks; hears which of those were not run. Empty to do neither
   * @return one per part, in the same order
   */
  public static List<Examination> examine(
      PostgresConnector connector, List<Part> parts, Optional<Consumer<OwnCheck>> closer) {
    long start = System.nanoTime();
    try (PostgresConnection connection = connector.open(parts.getFirst().request().target())) {
      List<Examination> found = examine(parts, () -> look(connection, parts), start);
      return closer
          .map(
              unrun ->
                  IntStream.range(0, parts.size())
                      .mapToObj(
                          i ->
                              withChecks(
                                  connection,
                                  parts.get(i).examiner().project,
                                  withLock(connection, parts.get(i), found.get(i)),
                                  unrun))
                      .toList())
          .orElseGet(
              () ->
                  IntStream.range(0, parts.size())
                      .mapToObj(i -> withoutLock(parts.get(i), found.get(i)))
                      .toList());
    }
  }

  /** What to examine unless the answer is known. */
  public interface Unread {
    Target target();

    /**
     * Whether the answer is known already; reads files.
     *
     * @param now the moment before any look, which waits for the server; empty where nothing tells
     */
    boolean isKnown(Supplier<Optional<ServerMoment>> now);

    /**
     * Whether to find out which edition is looked at: so much is there that knowing it again takes
     * less than looking, and something was kept by an earlier run, so that this run's answer may be
     * of use to a later one.
     */
    boolean isWorthDating();

    /** Whether some edition's answer is known. */
    boolean knowsEdition();

    /** Whether this one's is. */
    boolean isKnown(Edition edition);

    /** Hears which edition was examined, once no crash can take it back. */
    void examined(Edition edition);

    /** By definitions; reads files. */
    Request request();
  }

  /**
   * As {@link #examine(Request)}, unless the answer is known. Connects and looks while the files
   * are read.
   *
   * @return empty when it is known
   * @throws StampguardException as {@link #examine(Request)}, and as the files' reading does, which
   *     comes first
   */
  public Optional<Examination> examine(Unread unread) {
    long start = System.nanoTime();
    List<LedgerReader> ledgers = ledgers(List.of(project));
    try (var aside = new Aside(connector, unread.target())) {
      Future<Optional<ServerMoment>> now = aside.ask(PostgresConnection::moment);
      if (unread.isKnown(() -> Aside.await(now)) || isKnownEdition(unread, aside)) {
        return Optional.empty();
      }
      var edition = new AtomicReference<Optional<Edition>>(Optional.empty());
      Function<PostgresConnection, Looked> look =
          connection -> {
            edition.set(Optional.empty());
            return look(connection, CatalogDepth.DEFINITIONS, ledgers);
          };
      var looks =
          new ArrayDeque<>(
              List.of(
                  aside.ask(
                      unread.isWorthDating()
                          ? connection -> dated(connection, ledgers.getFirst(), edition)
                          : look)));
      var part = new Part(this, unread.request());
      Examination found =
          withoutLock(
              part,
              examine(
                      List.of(part),
                      () -> Aside.await(looks.isEmpty() ? aside.ask(look) : looks.poll()),
                      start)
                  .getFirst());
      edition
          .get()
          .filter(seen -> isHealthy(found.diagnosis()))
          .filter(seen -> Aside.await(aside.ask(on -> on.isOnDisk(seen.written()))))
          .ifPresent(unread::examined);
      return Optional.of(found);
    }
  }

  private boolean isKnownEdition(Unread unread, Aside aside) {
    LedgerReader ledger = project.ledger().of(project.tool());
    return unread.knowsEdition()
        && Aside.await(aside.ask(connection -> Inspection.edition(connection, ledger)))
            .filter(unread::isKnown)
            .isPresent();
  }

  private static Looked dated(
      PostgresConnection connection,
      LedgerReader ledger,
      AtomicReference<Optional<Edition>> edition) {
    Inspection.Dated dated = Inspection.dated(connection, ledger);
    edition.set(dated.edition());
    return new Looked(List.of(dated.inspection()), connection.serverVersion());
  }

  /**
   * As {@link #examine(Request)}, of what is seen by other means.
   *
   * @param looks each brings what is there now
   * @param serverVersion as the server prints it
   */
  public Examination examine(Request request, Supplier<Inspection> looks, String serverVersion) {
    var part = new Part(this, request);
    return withoutLock(
        part,
        examine(
                List.of(part),
                () -> new Looked(List.of(looks.get()), serverVersion),
                System.nanoTime())
            .getFirst());
  }

  /** What one look brought: an inspection per part. */
  private record Looked(List<Inspection> inspections, String serverVersion) {
    boolean isSameAs(Looked other) {
      return inspections.equals(other.inspections);
    }
  }

  private static List<Examination> examine(List<Part> parts, Supplier<Looked> looks, long start) {
    Looked seen = looks.get();
    for (int look = 1; look <= MOST_LOOKS; look++) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<Judged> judged = judge(parts, seen.inspections());
      boolean isHealthy = judged.stream().allMatch(one -> isHealthy(one.diagnosis()));
      Looked again = isHealthy ? seen : looks.get();
      if (again.isSameAs(seen)) {
        return IntStream.range(0, parts.size())
            .mapToObj(
                i ->
                    new Examination(
                        judged.get(i).diagnosis(),
                        parts.get(i).examiner().project.scripts().graph(),
                        judged.get(i).expectation(),
                        parts.get(i).request().source(),
                        again.inspections().get(i),
                        again.serverVersion(),
                        took))
            .toList();
      }
      seen = again;
    }
    throw StampguardException.passing(
        ExitCode.REFUSED,
        "the schema of `%s` is changing: %s looks showed different schemas"
            .formatted(parts.getFirst().request().target().database(), MOST_LOOKS + 1),
        "wait for the migration to end with `--wait 30s`");
  }

  /** What is to be said of something that was seen by other means; nothing is read. */
  public Diagnosis judge(Inspection seen, Request request) {
    return unlooked(
        new Part(this, request),
        judgedAnew(request.source().expectation(seen), List.of(), seen, request).diagnosis());
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

  private static Examination withLock(PostgresConnection connection, Part part, Examination found) {
    MigrationProject project = part.examiner().project;
    Optional<HeldLock> held =
        project.locks(found.seen().ledger(), connection.target().database()).stream()
            .flatMap(lock -> HeldLock.look(connection, lock).stream())
            .findFirst();
    return found.with(
        OrphanedLock.judge(found.diagnosis(), project.tool(), held, part.request().accepted()));
  }

  private static Examination withoutLock(Part part, Examination found) {
    return found.with(unlooked(part, found.diagnosis()));
  }

  /** Nobody need ask for locks that no rule names. */
  private static Diagnosis unlooked(Part part, Diagnosis diagnosis) {
    List<AcceptedDrift> accepted = part.request().accepted();
    return accepted.stream().noneMatch(OrphanedLock::isAbout)
        ? diagnosis
        : OrphanedLock.unlooked(
            diagnosis,
            part.examiner().project.locks(diagnosis.ledger(), part.request().target().database()),
            accepted);
  }

  private static Examination withChecks(
      PostgresConnection connection,
      MigrationProject project,
      Examination found,
      Consumer<OwnCheck> unrun) {
    List<OwnCheck> checks =
        project.ownChecks(
            connection,
            found.diagnosis().revisions().stream()
                .filter(RevisionDiagnosis::recorded)
                .map(revision -> revision.revision().id())
                .toList());
    checks.stream().filter(check -> check.result() == OwnCheck.Result.NOT_RUN).forEach(unrun);
    return found.with(FailedChecks.judge(found.diagnosis(), checks));
  }

  private Judged judged(Inspection seen, Request request, Supplier<Judged> anew) {
    return judgements
        .map(known -> known.of(new Judgements.Seen(seen, request.doubts()), anew))
        .orElseGet(anew);
  }

  private static Looked look(PostgresConnection connection, List<Part> parts) {
    CatalogDepth depth =
        parts.stream()
            .map(part -> part.request().source().depth())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return look(
        connection, depth, ledgers(parts.stream().map(part -> part.examiner().project).toList()));
  }

  private static List<LedgerReader> ledgers(List<MigrationProject> projects) {
    return projects.stream().map(project -> project.ledger().of(project.tool())).toList();
  }

  private static Looked look(
      PostgresConnection connection, CatalogDepth depth, List<LedgerReader> ledgers) {
    return new Looked(Inspection.ofEach(connection, depth, ledgers), connection.serverVersion());
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
