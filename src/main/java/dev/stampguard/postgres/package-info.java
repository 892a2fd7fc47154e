/**
 * Connections, timeouts, TLS and the meaning of SQLSTATEs: the only room that opens a connection.
 * May see {@code target}.
 */
package dev.stampguard.postgres;
