/**
 * What a repair did, written down before and after each thing that cannot be taken back by itself,
 * so that whoever comes after a crash knows where it ended. Start with {@link
 * dev.stampguard.repair.journal.Journal}. Pure; files are another room's. May see what {@code
 * repair} may see.
 */
package dev.stampguard.repair.journal;
