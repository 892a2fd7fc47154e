/**
 * Renderers: text and JSON of a diagnosis, a comparison, a history and a target. Decide nothing,
 * open nothing. May see every room but {@code cli}, {@code service} and {@code postgres}.
 */
package dev.stampguard.report;
