/**
 * Sequelize, as its command line migrates: what {@code .sequelizerc} and the configuration say, and
 * migrations that are programs. May see {@code tool}, {@code tool.command}, {@code tool.ledger} and
 * {@code catalog}.
 */
package dev.stampguard.tool.sequelize;
