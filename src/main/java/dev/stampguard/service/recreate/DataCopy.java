package dev.stampguard.service.recreate;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.StateReader;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.RowCounts;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Copies the rows of one database, all of one moment, into another one that nobody uses yet.
 *
 * <p>Where scripts put rows into a table that holds rows in the old database too, the old ones take
 * their place. Foreign keys are taken away meanwhile and made again, which proves them, so that
 * neither an order nor a superuser is needed; triggers do not run, for they ran when the rows were
 * written. The new database is to be thrown away when this fails.
 */
final class DataCopy {
  private final ReadOnlyTransaction from;
  private final PostgresConnection to;
  private final Set<QualifiedName> ledgers;

  /**
   * @param from sees the old database, with nothing but {@code pg_catalog} on the search path
   * @param to writes into the new one
   * @param ledgers tables of the new database that are its own
   */
  DataCopy(ReadOnlyTransaction from, PostgresConnection to, Set<QualifiedName> ledgers) {
    this.from = Objects.requireNonNull(from);
    this.to = Objects.requireNonNull(to);
    this.ledgers = Set.copyOf(ledgers);
  }

  /**
   * Copies.
   *
   * @param progress hears how many tables are done
   * @throws StampguardException (refused) naming the table, and where it is known the column, whose
   *     rows the new database does not take; (no access) when rows may not be read
   */
  Copied run(ReplayProgress progress) {
    Map<QualifiedName, CopyTable> old = from.run(CopyCatalog.tables());
    Map<QualifiedName, CopyTable> made = inNew(database -> database.run(CopyCatalog.tables()));
    ledgers.forEach(old::remove);
    var common = new TreeSet<>(old.keySet());
    common.retainAll(made.keySet());
    SortedMap<QualifiedName, Long> rows = RowCounts.read(from, common);
    var plan =
        CopyPlan.of(
            new CopyPlan.Side(old, rows),
            new CopyPlan.Side(made, inNew(database -> RowCounts.read(database, common))));
    if (!plan.obstacles().isEmpty()) {
      throw refused(plan.obstacles());
    }
    move(plan, progress);
    return new Copied(counted(plan, rows), remarks(plan));
  }

  private <T> T inNew(Function<ReadOnlyTransaction, T> reading) {
    try (ReadOnlyTransaction transaction = StateReader.begin(to)) {
      return reading.apply(transaction);
    }
  }

  private void move(CopyPlan plan, ReplayProgress progress) {
    Suspension suspension = inNew(database -> Suspension.of(database, plan.targets()));
    List<SequenceState> sequences = inNew(database -> database.run(CopyCatalog.sequences()));
    List<QualifiedName> views = inNew(database -> database.run(CopyCatalog.views()));
    List<SequenceState> oldSequences = from.run(CopyCatalog.sequences());
    var filledBefore = Set.copyOf(from.run(CopyCatalog.views()));
    try (var target = new CopyTarget(to)) {
      target.execute(suspension.off());
      int done = 0;
      for (CopyPlan.Copy copy : plan.copies()) {
        take(copy, target);
        progress.advanced(++done, plan.copies().size());
      }
      restore(suspension, target);
      for (SequenceState sequence : sequences) {
        advance(sequence, oldSequences, plan, target);
      }
      for (QualifiedName view : views) {
        if (filledBefore.contains(view)) {
          target.refresh(view);
        }
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, to.target());
    }
  }

  private void take(CopyPlan.Copy copy, CopyTarget target) throws SQLException {
    try {
      target.take(copy, from.connection());
    } catch (SQLException e) {
      if (isAboutRows(e)) {
        throw refused(
            List.of(
                "rows of `%s` do not fit the new database: %s"
                    .formatted(copy.to().name(), SqlErrors.said(e))));
      }
      throw e;
    }
  }

  private void restore(Suspension suspension, CopyTarget target) throws SQLException {
    try {
      target.execute(suspension.on());
    } catch (SQLException e) {
      if (isAboutRows(e)) {
        throw refused(
            List.of("the old rows break a foreign key that they lacked: " + SqlErrors.said(e)));
      }
      throw e;
    }
  }

  /** Whether the server took exception to a value: of the wrong form, or against a constraint. */
  private static boolean isAboutRows(SQLException error) {
    String state = SqlErrors.state(error);
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("P0");
  }

  private static void advance(
      SequenceState sequence, List<SequenceState> old, CopyPlan plan, CopyTarget target)
      throws SQLException {
    Optional<Long> last =
        old.stream()
            .filter(sequence::isSame)
            .findFirst()
            .map(sequence::furthest)
            .orElse(sequence.last());
    target.advance(
        sequence,
        last,
        sequence
            .filled()
            .filter(SequenceState.Filled::isInteger)
            .filter(filled -> plan.targets().contains(filled.table())));
  }

  /** Counts both sides once more: what arrived is not taken on trust. */
  private SortedMap<QualifiedName, Long> counted(
      CopyPlan plan, SortedMap<QualifiedName, Long> rows) {
    SortedMap<QualifiedName, Long> arrived =
        inNew(database -> RowCounts.read(database, plan.targets()));
    arrived.forEach(
        (table, count) -> {
          if (!rows.get(table).equals(count)) {
            throw refused(
                List.of(
                    "`%s` has %s rows in the old database and %s in the new one"
                        .formatted(table, rows.get(table), count)));
          }
        });
    return arrived;
  }

  private List<String> remarks(CopyPlan plan) {
    var remarks = new ArrayList<>(plan.remarks());
    long objects = from.run(CopyCatalog.largeObjects());
    if (objects > 0) {
      remarks.add("%s large objects stay in the old database".formatted(objects));
    }
    return remarks;
  }

  private StampguardException refused(List<String> reasons) {
    String more = reasons.size() > 1 ? " (and %s more)".formatted(reasons.size() - 1) : "";
    return new StampguardException(
        ExitCode.REFUSED,
        "the rows of `%s` cannot be copied: %s%s"
            .formatted(from.connection().target().database(), reasons.getFirst(), more),
        "mend the rows, or do without `--copy-data`; nothing was changed");
  }
}
