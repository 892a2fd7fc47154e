/**
 * Runs migrations that are SQL on a connection of ours, whatever tool they belong to: a tool says
 * what its scripts are and how it writes them down ({@link dev.stampguard.tool.sql.run.ScriptBook})
 * and what it does to a session before ({@link dev.stampguard.tool.sql.run.Surroundings}); the
 * sessions are the same for all. Start at {@link dev.stampguard.tool.sql.run.SqlLauncher}. May see
 * {@code tool}, {@code catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.sql.run;
