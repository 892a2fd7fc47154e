/**
 * TypeORM: what a project's data source plainly says, its migrations, which are classes, and the
 * SQL that stands in them. May see {@code tool}, {@code tool.command}, {@code tool.ledger}, {@code
 * tool.sql} and {@code catalog}.
 */
package dev.stampguard.tool.typeorm;
