/**
 * Ecto: its migrations, which are programs. May see {@code tool}, {@code tool.command}, {@code
 * tool.ledger} and {@code catalog}.
 */
package dev.stampguard.tool.ecto;
