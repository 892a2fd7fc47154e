package dev.stampguard.postgres;

import java.util.List;

/** Every setting that changes PostgreSQL's deparsed text, at the value it is read with. */
public final class PinnedSettings {
  private PinnedSettings() {}

  /** One statement that sets them until the transaction, or the savepoint it is behind, ends. */
  public static String sql(StatementTimeout statement, LockTimeout lock) {
    return Query.bind(
        SqlResource.read("pinned-settings"),
        List.of(Long.toString(statement.milliseconds()), Long.toString(lock.milliseconds())));
  }
}
