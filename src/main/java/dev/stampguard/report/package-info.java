/**
 * Renderers: text and JSON of a diagnosis, a comparison, a history, a target, a lock file and
 * backups; of a diagnosis also a page, SARIF, JUnit and GitHub's annotations, of a history
 * drawings. Decide nothing, open nothing. May see every room but {@code cli}, {@code service} and
 * {@code postgres}. Start reading at {@link dev.stampguard.report.Report}: the closed list of what
 * can be printed.
 */
package dev.stampguard.report;
