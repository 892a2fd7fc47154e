/** A diagnosis as a JUnit report: one case per revision. */
package dev.stampguard.report.junit;
