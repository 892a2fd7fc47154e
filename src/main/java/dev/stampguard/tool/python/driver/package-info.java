/**
 * A program of ours in a child Python, which runs a project's migrations for whoever looks at the
 * database in between: in a scratch database to see what they do, or in a database that is to be
 * changed. What it speaks is the same whatever tool it runs. May see {@code tool}, {@code catalog},
 * {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.python.driver;
