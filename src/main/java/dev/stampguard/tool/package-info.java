/**
 * What the repository's migration scripts say and what the ledger claims: {@link
 * dev.stampguard.tool.MigrationTool} and one sub-package per tool. May see {@code catalog}, {@code
 * postgres} and {@code target}.
 */
package dev.stampguard.tool;
