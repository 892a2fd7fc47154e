/**
 * What each revision must leave behind, from the lock file, a replay, a reference database or the
 * scripts. May see {@code tool} and {@code catalog}.
 */
package dev.stampguard.expectation;
