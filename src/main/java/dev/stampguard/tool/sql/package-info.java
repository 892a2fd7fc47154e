/**
 * Reads what literal PostgreSQL statements do to the names in a catalog. Not a grammar: a statement
 * it has no word for is reported as unreadable. May see {@code catalog} and {@code tool}.
 */
package dev.stampguard.tool.sql;
