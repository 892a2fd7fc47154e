/**
 * The statements that make exactly what is missing from a schema, in an order that works. Pure:
 * what two databases hold and what {@code pg_dump} says of one of them go in as values. Start at
 * {@link dev.stampguard.repair.graft.Grafter}. May see {@code catalog} and {@code repair}.
 */
package dev.stampguard.repair.graft;
