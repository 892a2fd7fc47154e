package dev.stampguard.service.repair;

import dev.stampguard.StampguardException;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.StateReader;
import dev.stampguard.catalog.ForeignKey;
import dev.stampguard.catalog.ReferentialIntegrity;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.repair.Strategy;
import dev.stampguard.service.backup.BackupMaker;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Backs the target up before a repair, and counts what is in it after. */
final class DatabaseBackups implements Backups {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Repairer.Request request;
  private final RepairService.Setting setting;
  private final Preparation preparation;
  private Optional<DatabaseState> before = Optional.empty();

  DatabaseBackups(
      PostgresConnector connector,
      MigrationProject project,
      Repairer.Request request,
      RepairService.Setting setting,
      Preparation preparation) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.request = Objects.requireNonNull(request);
    this.setting = Objects.requireNonNull(setting);
    this.preparation = Objects.requireNonNull(preparation);
  }

  @Override
  public Optional<String> take() {
    Optional<Manifest.Kind> kind = kind();
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    var backup =
        new BackupMaker(connector, new BackupStore(setting.backups()))
            .make(
                new BackupMaker.Request(
                    request.target(),
                    kind.get(),
                    preparation.affected(),
                    1,
                    Optional.of(project.ledger()),
                    preparation
                        .diagnosis()
                        .trueState()
                        .map(
                            state ->
                                new Manifest.RevisionSpan(
                                    state.lower(), state.upper(), state.exact())),
                    setting.directory(),
                    setting.envFiles(),
                    request.rehearsal().path(),
                    setting.version(),
                    setting.clock().instant()),
                setting.progress());
    before = backup.manifest().dump().map(Manifest.Dump::state);
    return Optional.of(backup.id());
  }

  /** A switch changes a file only; without a rehearsal nobody knows which tables are affected. */
  private Optional<Manifest.Kind> kind() {
    boolean isSwitch = preparation.plan().strategy().filter(Strategy.SWITCH::equals).isPresent();
    return switch (request.options().backup()) {
      case NONE -> Optional.empty();
      case FULL -> Optional.of(isSwitch ? Manifest.Kind.ENV : Manifest.Kind.FULL);
      case SCHEMA -> Optional.of(isSwitch ? Manifest.Kind.ENV : Manifest.Kind.SCHEMA);
      case AFFECTED ->
          Optional.of(
              isSwitch
                  ? Manifest.Kind.ENV
                  : preparation.plan().rehearsed() ? Manifest.Kind.AFFECTED : Manifest.Kind.FULL);
    };
  }

  @Override
  public List<String> prove(String journal) {
    if (preparation.switchedTo().isPresent()) {
      return List.of();
    }
    try {
      return counted(journal, request.target());
    } catch (StampguardException e) {
      // The change is made: that it cannot be counted is worth a note, and no failure.
      return List.of("what the repair left could not be counted: " + e.getMessage());
    }
  }

  private List<String> counted(String journal, Target target) {
    DatabaseState after = new StateReader(Optional.of(project.ledger())).read(connector, target);
    new JournalStore(setting.directory()).keepState(journal, after);
    var notes = new ArrayList<String>();
    notes.add(
        "fingerprint of the schema: %s before, %s after"
            .formatted(
                preparation.plan().fingerprint().substring(0, 12),
                after.fingerprint().hex().substring(0, 12)));
    before.ifPresent(state -> notes.add(rows(state, after)));
    notes.add(integrity(target));
    return notes;
  }

  private static String rows(DatabaseState before, DatabaseState after) {
    var changed = new TreeMap<String, String>();
    long same = 0;
    for (var table : before.tables().entrySet()) {
      long rows = table.getValue().rows();
      Optional<Long> now =
          Optional.ofNullable(after.tables().get(table.getKey())).map(state -> state.rows());
      if (now.filter(n -> n == rows).isPresent()) {
        same++;
      } else {
        changed.put(
            table.getKey(),
            rows + " before, " + now.map(Object::toString).orElse("gone") + " after");
      }
    }
    String unchanged = "rows: %s as many as before".formatted(Words.count((int) same, "table"));
    return changed.isEmpty()
        ? unchanged
        : unchanged
            + "; "
            + String.join(
                ", ",
                changed.entrySet().stream()
                    .map(
                        (Map.Entry<String, String> e) ->
                            "`%s` %s".formatted(e.getKey(), e.getValue()))
                    .toList());
  }

  /** Looks at the rows themselves, also where PostgreSQL vouches for them. */
  private String integrity(Target target) {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = StateReader.begin(connection)) {
      List<ForeignKey> keys = transaction.run(ReferentialIntegrity.foreignKeys());
      return Integrity.sentence(
          keys.isEmpty() ? List.of() : transaction.run(ReferentialIntegrity.check(keys)));
    }
  }
}
