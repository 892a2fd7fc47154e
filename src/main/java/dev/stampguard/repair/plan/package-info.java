/**
 * What a repair will do, as data that a person reviews: {@link
 * dev.stampguard.repair.plan.RepairPlan}, its steps, and the pure planners that make them of a
 * diagnosis. May see what {@code repair} may see.
 */
package dev.stampguard.repair.plan;
