package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import java.util.Objects;

/** How a migration tool keeps a second run of itself out of a database. */
public sealed interface ToolLock {
  /** How a person calls it, in the middle of a sentence. */
  String name();

  /** What frees it when nobody is behind it any more, for a person to run. */
  String release();

  /**
   * A row of a table, which stays when its holder dies.
   *
   * @param table the table
   * @param sql complete as it is, with qualified names; one row while it is held, none otherwise:
   *     who holds it, since when for a person to read, and how many seconds ago that is by the
   *     server's clock. Text or null, null for what the tool does not write down
   * @param release as {@link #release()}
   */
  record Row(QualifiedName table, String sql, String release) implements ToolLock {
    public Row {
      Objects.requireNonNull(table);
      Objects.requireNonNull(sql);
      Objects.requireNonNull(release);
    }

    @Override
    public String name() {
      return "`%s`".formatted(table);
    }
  }

  /**
   * An advisory lock, which ends with the session or the transaction that holds it. The fields are
   * those of {@code pg_locks}.
   *
   * @param classId the key's upper half, or the first of two keys, as an unsigned number
   * @param objectId its lower half, or the second key, likewise
   * @param subId 1 for one key, 2 for two
   */
  record Advisory(long classId, long objectId, int subId) implements ToolLock {
    private static final long HALF = 0xFFFF_FFFFL;

    /** The lock of {@code pg_advisory_lock(bigint)}. */
    public static Advisory of(long key) {
      return new Advisory((key >>> 32) & HALF, key & HALF, 1);
    }

    /** The lock of {@code pg_advisory_lock(int, int)}. */
    public static Advisory of(int first, int second) {
      return new Advisory(first & HALF, second & HALF, 2);
    }

    @Override
    public String name() {
      return "its advisory lock";
    }

    @Override
    public String release() {
      return "";
    }
  }
}
