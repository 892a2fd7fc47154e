package dev.stampguard.tool.sql.run;

/** What keeps a tool from running while we change a database. */
@FunctionalInterface
public interface ToolLock {
  /**
   * A query that takes the lock until the open transaction ends, without waiting for it, or that
   * looks whether the tool holds it.
   *
   * @return SQL of one row with one column of text: {@code true} when the tool cannot be at work
   */
  String take(ScriptBook.Place place);

  /**
   * An advisory lock whose key is always the same.
   *
   * @param key as the tool passes it to {@code pg_advisory_lock}
   */
  static ToolLock advisory(long key) {
    return place -> advisorySql(key);
  }

  /** The query for an advisory lock. */
  static String advisorySql(long key) {
    return "SELECT pg_catalog.pg_try_advisory_xact_lock(%s)::text".formatted(key);
  }
}
