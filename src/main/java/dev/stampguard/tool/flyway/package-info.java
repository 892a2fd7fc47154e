/**
 * Flyway: finds its settings, reads the migration scripts without running them, and reads and
 * writes its schema history. Facts are those of Flyway 12 with its PostgreSQL module. Nothing here
 * loads a class of Flyway's: only {@code replay} does. Start at {@link
 * dev.stampguard.tool.flyway.FlywayTool}. May see {@code catalog}, {@code postgres}, {@code target}
 * and {@code tool}.
 */
package dev.stampguard.tool.flyway;
