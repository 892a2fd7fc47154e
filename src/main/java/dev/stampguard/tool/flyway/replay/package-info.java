/**
 * Runs Flyway migrations: the engine's own parser cuts a script into statements and says whether
 * they may run in a transaction, and we run them on a connection of ours, so that a repair can look
 * before it commits. The only room that loads Flyway's classes. May see {@code tool}, {@code
 * catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.flyway.replay;
