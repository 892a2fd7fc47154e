/** Measures the programs as users start them; not part of the suite. See {@code Benchmark}. */
package dev.stampguard.benchmark;
