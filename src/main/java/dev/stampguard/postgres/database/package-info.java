/**
 * Whole databases of a server: what describes one beside its content, who is connected to it, and
 * one taking the place of another. May see {@code postgres} and {@code target}.
 */
package dev.stampguard.postgres.database;
