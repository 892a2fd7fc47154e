/**
 * Ways out of a diagnosis. Pure: decides from a {@link dev.stampguard.diagnosis.Diagnosis} which
 * strategies apply and which one to take. May see {@code diagnosis} and what that may see.
 */
package dev.stampguard.repair;
