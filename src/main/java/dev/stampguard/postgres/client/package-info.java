/**
 * PostgreSQL's own {@code pg_dump}, {@code pg_restore} and {@code psql}: which ones, and running
 * them so that no password shows. The only place that starts one of them. May see {@code postgres}
 * and {@code target}.
 */
package dev.stampguard.postgres.client;
