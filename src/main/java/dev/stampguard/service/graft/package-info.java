/**
 * Takes what a schema lacks from another database: reads both, runs {@code pg_dump} and {@code
 * pg_restore} on the one, and has {@code repair.graft} think. May see every room but {@code cli}
 * and {@code report}.
 */
package dev.stampguard.service.graft;
