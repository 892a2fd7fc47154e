/**
 * Ledgers that keep a row for each revision, whatever tool they belong to: a tool describes its
 * table ({@link dev.stampguard.tool.ledger.LedgerShape}) and what its rows say ({@link
 * dev.stampguard.tool.ledger.LedgerEntries}), and {@link dev.stampguard.tool.ledger.RowLedger}
 * reads and writes it. May see {@code tool}, {@code catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.ledger;
