package dev.stampguard.tool.ledger;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerFormat;
import dev.stampguard.tool.LedgerWriting;

/** Reads and writes one tool's ledger. */
public interface LedgerBook extends LedgerFormat, LedgerWriting {
  /** SQL that makes an empty ledger, and whatever the tool keeps beside it. */
  String create(QualifiedName table);

  /** SQL that writes down that a revision ran just now; a failed try of it is forgotten. */
  String record(QualifiedName table, String revision);
}
