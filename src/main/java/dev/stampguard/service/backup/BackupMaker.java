package dev.stampguard.service.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupDraft;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.EnvFiles;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.StateReader;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.postgres.database.DatabaseProperties;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes backups. */
public final class BackupMaker {
  private final PostgresConnector connector;
  private final BackupStore store;
  private final Steps steps;

  /**
   * @param store where they are kept
   */
  public BackupMaker(PostgresConnector connector, BackupStore store) {
    this(connector, store, Steps.UNWATCHED);
  }

  BackupMaker(PostgresConnector connector, BackupStore store, Steps steps) {
    this.connector = Objects.requireNonNull(connector);
    this.store = Objects.requireNonNull(store);
    this.steps = Objects.requireNonNull(steps);
  }

  /**
   * What to back up.
   *
   * @param target the database
   * @param kind how much of it
   * @param affected of which tables an {@link Manifest.Kind#AFFECTED} backup holds the rows;
   *     partitioned ones stand for their partitions
   * @param jobs how many tables are dumped at once
   * @param ledger reads the ledger; empty without a migration tool
   * @param trueState where the schema really is; empty when that is not known
   * @param project the project's directory
   * @param envFiles environment files, absolute
   * @param path the variable {@code PATH}, to find {@code pg_dump} on
   * @param toolVersion stampguard's own
   * @param time now
   */
  public record Request(
      Target target,
      Manifest.Kind kind,
      Set<QualifiedName> affected,
      int jobs,
      Optional<LedgerReader> ledger,
      Optional<Manifest.RevisionSpan> trueState,
      Path project,
      List<Path> envFiles,
      String path,
      String toolVersion,
      Instant time) {
    public Request {
      Objects.requireNonNull(target);
      Objects.requireNonNull(kind);
      affected = Set.copyOf(affected);
      Objects.requireNonNull(ledger);
      Objects.requireNonNull(trueState);
      Objects.requireNonNull(project);
      envFiles = List.copyOf(envFiles);
      Objects.requireNonNull(path);
      Objects.requireNonNull(toolVersion);
      Objects.requireNonNull(time);
    }
  }

  /**
   * Makes a backup; the target is only read.
   *
   * @return the backup, complete and on disk
   * @throws StampguardException (no access) when the database cannot be read or there is no {@code
   *     pg_dump} for it; (refused) when there is no room, or the schema is changing; (change
   *     failed) when it cannot be written. Nothing is left behind then
   */
  public Backup make(Request request, Progress progress) {
    steps.reached("begin");
    try (BackupDraft draft = store.begin(request.time(), request.target().database())) {
      steps.reached("copy env files");
      List<Manifest.EnvCopy> envFiles =
          new EnvFiles(request.project()).save(request.envFiles(), draft);
      Optional<Manifest.Dump> dump =
          request.kind() == Manifest.Kind.ENV
              ? Optional.empty()
              : Optional.of(dump(request, draft, progress));
      steps.reached("write manifest");
      progress.show("computing checksums");
      Target.Endpoint endpoint = request.target().endpoints().getFirst();
      var manifest =
          new Manifest(
              request.toolVersion(),
              request.time(),
              request.kind(),
              new Manifest.Place(request.target().database(), endpoint.host(), endpoint.port()),
              request.trueState(),
              dump,
              envFiles,
              draft.files());
      steps.reached("complete");
      Backup backup = draft.complete(manifest);
      steps.reached("end");
      return backup;
    }
  }

  private Manifest.Dump dump(Request request, BackupDraft draft, Progress progress) {
    var reader = new StateReader(request.ledger());
    try (PostgresConnection connection = connector.open(request.target())) {
      ClientPrograms programs = ClientPrograms.find(request.path(), connection.serverMajor());
      Manifest.Dump dump;
      try (ReadOnlyTransaction transaction = StateReader.begin(connection)) {
        Sizes sizes = Sizes.read(transaction);
        Optional<Manifest.LedgerTable> ledger =
            request.ledger().flatMap(of -> place(of, transaction));
        SortedSet<String> held = held(request, sizes, ledger);
        progress.say(
            sizes.requireRoom(request.target().database(), held, draft.directory().getParent()));
        steps.reached("read state");
        DatabaseState state =
            reader.read(
                transaction, table -> progress.show("counting the rows of `%s`".formatted(table)));
        requireWhole(request.kind(), state);
        // Those of extensions come back with the extension.
        held.retainAll(state.tables().keySet());
        draft.write(DatabaseProperties.read(transaction));
        dump = new Manifest.Dump(connection.serverVersion(), programs.major(), ledger, state, held);
        steps.reached("dump");
        new Dumper(programs, connection.reached(), export(transaction), draft.directory(), progress)
            .dump(request.kind(), held, request.jobs());
      }
      requireUnchanged(connection, reader, dump.state());
      return dump;
    }
  }

  /** The ledger's rows belong to the schema: without them it would claim something else. */
  private static SortedSet<String> held(
      Request request, Sizes sizes, Optional<Manifest.LedgerTable> ledger) {
    var tables = new HashSet<QualifiedName>();
    ledger.ifPresent(of -> tables.add(of.table()));
    return switch (request.kind()) {
      case FULL -> new TreeSet<>(sizes.bytes().keySet());
      case AFFECTED -> {
        tables.addAll(request.affected());
        yield sizes.holding(tables);
      }
      case SCHEMA -> sizes.holding(tables);
      case ENV -> new TreeSet<>();
    };
  }

  /** Large objects belong to no table, so that nothing says which of them are affected. */
  private static void requireWhole(Manifest.Kind kind, DatabaseState state) {
    if (kind != Manifest.Kind.FULL && state.largeObjects() > 0) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "the database has %s large objects, which only a full backup holds"
              .formatted(state.largeObjects()),
          "make a full backup");
    }
  }

  private static Optional<Manifest.LedgerTable> place(
      LedgerReader reader, ReadOnlyTransaction transaction) {
    Ledger ledger = reader.read(transaction);
    return ledger.exists()
        ? Optional.of(new Manifest.LedgerTable(ledger.table(), reader.versionColumn()))
        : Optional.empty();
  }

  private static String export(ReadOnlyTransaction transaction) {
    return transaction.run(
        new Query<>(
            SqlResource.read("backup-snapshot"),
            results -> {
              results.next();
              var name = results.next();
              name.next();
              return name.getString(1);
            }));
  }

  /** PostgreSQL deparses from fresh catalogs, whatever a transaction sees; so does pg_dump. */
  private static void requireUnchanged(
      PostgresConnection connection, StateReader reader, DatabaseState state) {
    try (ReadOnlyTransaction transaction = StateReader.begin(connection)) {
      if (!reader.fingerprint(transaction).equals(state.fingerprint())) {
        throw StampguardException.passing(
            ExitCode.REFUSED,
            "the schema of `%s` changed while it was backed up"
                .formatted(connection.target().database()),
            "wait for the migration to end with `--wait 30s`");
      }
    }
  }
}
