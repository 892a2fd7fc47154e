/**
 * What every room shares: exit codes, the one exception, and how a file is written whole. Sees no
 * other room.
 */
package dev.stampguard;
