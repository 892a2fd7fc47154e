/**
 * Reads the SQL that stands literally in migrations which are programs, in JavaScript, Ruby, C# and
 * Elixir: what a migration runs one after the other and on no condition. Everything else is said to
 * be unread. May see {@code tool} and {@code tool.sql}.
 */
package dev.stampguard.tool.code;
