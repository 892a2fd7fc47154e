/**
 * Knex: what a project's {@code knexfile} says, and its migrations, which are programs. May see
 * {@code tool}, {@code tool.command}, {@code catalog} and {@code target}.
 */
package dev.stampguard.tool.knex;
