/**
 * Django: finds the apps of a project that have migrations, reads the migrations without running
 * them, and the ledger {@code django_migrations}. Migrations of apps that are installed and not
 * part of the project have rows there, too: they are nobody's revisions here. May see {@code tool},
 * {@code catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.django;
