package dev.stampguard.tool;

import java.util.List;
import java.util.Objects;

/**
 * What is to be known of a tool to talk about its ledger.
 *
 * @param columns every column that the tool's table has, unquoted; none when they are not known
 * @param failureEnds what has to come about after a migration that failed before the tool runs
 *     another one, to follow the word <em>until</em>
 */
public record LedgerManner(List<String> columns, String failureEnds) {
  /** Of a tool that leaves a row behind which has to go. */
  public static final LedgerManner PLAIN = new LedgerManner(List.of(), "that row is gone");

  public LedgerManner {
    columns = List.copyOf(columns);
    Objects.requireNonNull(failureEnds);
  }

  /** The same of a table with these columns. */
  public LedgerManner with(List<String> known) {
    return new LedgerManner(known, failureEnds);
  }
}
