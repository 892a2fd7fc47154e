/**
 * Migration tools whose migrations are files of SQL: each is a description of where its files are,
 * what of a file runs and how, and what its ledger looks like ({@link
 * dev.stampguard.tool.sqlfiles.SqlFileTool}); everything else is the same for all of them. Facts
 * are those of the tools' own sources. May see {@code catalog}, {@code postgres}, {@code target}
 * and {@code tool}.
 */
package dev.stampguard.tool.sqlfiles;
