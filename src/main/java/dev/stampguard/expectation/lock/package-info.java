/**
 * The lock file {@code stampguard.lock}: what each revision leaves behind, committed next to the
 * scripts so that a check needs neither Python nor a scratch database. May see {@code expectation},
 * {@code tool} and {@code catalog}.
 *
 * <p>Start with {@link dev.stampguard.expectation.lock.LockWriter}, which describes the format.
 */
package dev.stampguard.expectation.lock;
