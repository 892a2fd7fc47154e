/**
 * Which database a run uses and where that choice came from: URL forms, {@code .env}, precedence,
 * masking. Sees no other room.
 */
package dev.stampguard.target;
