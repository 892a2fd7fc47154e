/**
 * What is physically in a database: {@link dev.stampguard.catalog.CatalogSnapshot} and its reader,
 * whose SQL lives in {@code resources/sql}. May see {@code postgres} and {@code target}.
 */
package dev.stampguard.catalog;
