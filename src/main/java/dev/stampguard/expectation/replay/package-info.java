/**
 * The best expectation short of a lock file: run every revision and look what it did. May see
 * {@code tool} and {@code catalog}.
 */
package dev.stampguard.expectation.replay;
