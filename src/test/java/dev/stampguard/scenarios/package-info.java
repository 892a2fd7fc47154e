/**
 * The scenarios of {@code src/test/resources/scenarios} (its README says how to write one): reading
 * them, building them on a server, and what holds for each of them.
 */
package dev.stampguard.scenarios;
