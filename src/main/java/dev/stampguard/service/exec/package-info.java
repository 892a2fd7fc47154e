/**
 * Runs somebody else's command as if it had been called without us: its streams, its exit code and
 * the signals that are meant for it pass through. Knows nothing of databases.
 */
package dev.stampguard.service.exec;
