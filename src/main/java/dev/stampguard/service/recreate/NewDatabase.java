package dev.stampguard.service.recreate;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Divergence;
import dev.stampguard.backup.StateReader;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.database.DatabaseSwap;
import dev.stampguard.postgres.database.DatabaseSwap.LastLook;
import dev.stampguard.postgres.scratch.ReplacementDatabase;
import dev.stampguard.service.Examination;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database that was built from the scripts and found consistent, beside the one it can replace.
 * Closing it drops it, unless it took over.
 */
public final class NewDatabase implements AutoCloseable {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Target present;
  private final ReplacementDatabase database;
  private final List<Examination> examined;
  private final List<String> remarks;
  private final StateReader reader;

  /** What the rows were copied from; empty as long as none were. */
  private Optional<CopiedState> copiedFrom = Optional.empty();

  /**
   * @param examined by every tool, the one that is followed first
   */
  NewDatabase(
      PostgresConnector connector,
      MigrationProject project,
      Target present,
      ReplacementDatabase database,
      List<Examination> examined,
      List<String> remarks) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.present = Objects.requireNonNull(present);
    this.database = Objects.requireNonNull(database);
    this.examined = List.copyOf(examined);
    this.remarks = List.copyOf(remarks);
    this.reader = new StateReader(Optional.of(project.ledger()));
  }

  /** The state of the present database at one moment, and which of its tables were copied then. */
  private record CopiedState(DatabaseState state, Set<String> tables) {}

  /** How to connect to it. */
  public Target target() {
    return database.target();
  }

  /** What was found in it: consistent, and at the scripts' heads. */
  public Examination examination() {
    return examined.getFirst();
  }

  /** One sentence each about what of the present database it could not get. */
  public List<String> remarks() {
    return remarks;
  }

  /**
   * Copies the rows of the tables and columns that both databases have, as they are at one moment.
   * Where scripts put rows into a table, the present database's rows take their place; one that has
   * none there keeps the scripts'.
   *
   * @param progress hears how many tables are done
   * @throws StampguardException (refused) naming the table, and where it is known the column, whose
   *     rows do not fit: close this database then; (no access) when rows may not be read
   */
  public Copied copyRows(ReplayProgress progress) {
    Inspection before = inspect();
    Copied copied;
    try (PostgresConnection from = connector.open(present);
        ReadOnlyTransaction snapshot = StateReader.begin(from);
        PostgresConnection to = connector.open(target())) {
      copied = new DataCopy(snapshot, to, ledgers()).run(progress);
      copiedFrom =
          Optional.of(
              new CopiedState(
                  reader.read(snapshot, table -> {}),
                  copied.rows().keySet().stream()
                      .map(QualifiedName::toString)
                      .collect(Collectors.toUnmodifiableSet())));
    }
    if (!inspect().equals(before)) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "copying the rows changed the schema of the new database, which is given up; `%s` is as it was"
              .formatted(present.database()),
          "this is a defect of stampguard; do without `--copy-data`, and report it");
    }
    return copied;
  }

  /** What the scripts wrote there says which of them ran in this database. */
  private Set<QualifiedName> ledgers() {
    return examined.stream()
        .map(one -> one.seen().ledger())
        .flatMap(ledger -> Stream.of(List.of(ledger.table()), ledger.others(), ledger.companions()))
        .flatMap(List::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Inspection inspect() {
    try (PostgresConnection connection = connector.open(target())) {
      return Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger());
    }
  }

  /**
   * Lets it take over the present database's name, in one transaction, unless somebody has written
   * to the present one since its rows were copied.
   *
   * @param now when this happens
   * @param terminate whether to end the sessions that are in the way
   * @return the name under which the present database is kept
   * @throws StampguardException (refused) naming who is connected to it, or what was written; (no
   *     access) when the role may not rename it. Nothing has changed then
   */
  public String takeOver(Instant now, boolean terminate) {
    String kept = new DatabaseSwap(connector, present).freeKeptName(present.database(), now);
    database.takePlaceOf(
        present.database(),
        kept,
        terminate,
        copiedFrom
            .map(copied -> LastLook.at(present, named -> requireUnchanged(named, copied)))
            .orElseGet(LastLook::none));
    return kept;
  }

  /** Rows of tables that were not copied stay where they are, whatever happens to them. */
  private void requireUnchanged(Target named, CopiedState copied) {
    try (PostgresConnection connection = connector.open(named);
        ReadOnlyTransaction transaction = StateReader.begin(connection)) {
      StateReader.Since since = reader.readSince(transaction, copied.state());
      Divergence divergence =
          Divergence.between(
              copied.state(),
              since.state(),
              since.written(),
              table -> !copied.tables().contains(table));
      if (!divergence.isEmpty()) {
        throw new StampguardException(
            ExitCode.REFUSED,
            "somebody has written to `%s` since its rows were copied, which would be missing: %s"
                .formatted(present.database(), String.join(", ", divergence.losses())),
            "stop what writes to it, and try again; nothing was changed");
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
