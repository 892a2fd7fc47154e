package dev.stampguard.tool;

import java.util.List;

/** Writes SQL that changes a ledger of which {@link Ledger#marks} tell. */
public interface LedgerWriting {
  /**
   * Makes a ledger say that exactly these revisions were applied, as their scripts are now; where
   * there is none it is made.
   *
   * @param ledger as it stands
   * @param revisions ids
   * @return one text of statements; empty when it says so already
   */
  String set(Ledger ledger, List<String> revisions);

  /** Makes a ledger say what it said when it was read. */
  String undo(Ledger ledger);

  /** Fills an empty copy of a ledger. */
  String fill(Ledger ledger);
}
