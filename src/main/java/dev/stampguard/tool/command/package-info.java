/**
 * Runs revisions with a command of the project's own, for tools whose migrations are programs: in a
 * scratch database to see what they do, or in a database that is to be changed. Which tool it is,
 * its own package says. May see {@code tool}, {@code tool.process}, {@code catalog}, {@code
 * postgres} and {@code target}.
 */
package dev.stampguard.tool.command;
