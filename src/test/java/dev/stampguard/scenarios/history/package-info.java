/**
 * Generated histories on a real server: a random graph of revisions is replayed, databases are
 * damaged in known ways, and the diagnosis has to name the damage exactly. {@code
 * GeneratedHistoriesTest} is where to start reading.
 */
package dev.stampguard.scenarios.history;
