/**
 * Databases of our own: to try things in, on a throw-away local server or on a server that allows
 * it, and built beside another database to take its place. The only place that makes or drops a
 * database. May see {@code postgres} and {@code target}.
 */
package dev.stampguard.postgres.scratch;
