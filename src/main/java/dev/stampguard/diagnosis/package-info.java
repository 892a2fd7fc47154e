/**
 * The judgement: pure functions from (graph, ledger, catalog, expectation) to a {@link
 * dev.stampguard.diagnosis.Diagnosis}. No JDBC, no files, no clock. May see {@code catalog}, {@code
 * tool} and {@code expectation}.
 */
package dev.stampguard.diagnosis;
