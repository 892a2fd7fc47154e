/**
 * Renderers: text and JSON of a diagnosis, a comparison, a history and a target. Decide nothing,
 * open nothing. May see every room that holds what they print.
 */
package dev.stampguard.report;
