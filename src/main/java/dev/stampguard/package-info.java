/**
 * What every room shares: exit codes, the one exception, how a file is written whole, and how a
 * command line is. Sees no other room.
 */
package dev.stampguard;
