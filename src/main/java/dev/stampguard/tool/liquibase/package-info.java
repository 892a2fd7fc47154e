/**
 * Liquibase: reads changelogs in SQL, XML, YAML and JSON without running them, and the ledger
 * {@code databasechangelog}. What is SQL is run by the sessions of {@code tool.sql.run}. May see
 * {@code tool}, {@code catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.liquibase;
