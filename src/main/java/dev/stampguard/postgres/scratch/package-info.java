/**
 * Databases to try things in: a throw-away local server, or a database of our own on a server that
 * allows it. The only place that creates or drops a database. May see {@code postgres} and {@code
 * target}.
 */
package dev.stampguard.postgres.scratch;
