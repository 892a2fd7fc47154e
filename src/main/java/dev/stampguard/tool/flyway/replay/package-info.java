/**
 * Reads Flyway migrations for those who run them: the engine's own parser cuts a script into
 * statements and says whether they may run in a transaction. The only room that loads Flyway's
 * classes. May see {@code tool}, {@code catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.flyway.replay;
