/**
 * Where an examination's expectation comes from: lock file, replay, reference or scripts, and which
 * of them is asked. May see every room but {@code cli} and {@code report}.
 */
package dev.stampguard.service.source;
