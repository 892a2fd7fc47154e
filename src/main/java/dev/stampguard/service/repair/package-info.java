/**
 * Carries repairs out: tries them on a copy of the schema, backs up, changes, verifies, and writes
 * down what it did. May see every room but {@code cli} and {@code report}.
 */
package dev.stampguard.service.repair;
