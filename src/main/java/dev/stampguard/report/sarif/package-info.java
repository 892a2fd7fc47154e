/** A diagnosis as a SARIF 2.1.0 log, which code scanning services take in. */
package dev.stampguard.report.sarif;
