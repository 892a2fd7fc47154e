/**
 * Backups of environment files and databases: what one is, what it says about itself, and where
 * they are kept. May see {@code target}, {@code postgres}, {@code catalog}, {@code tool} and {@code
 * expectation}.
 */
package dev.stampguard.backup;
