/** The words every room shares: exit codes and the one exception. Sees no other room. */
package dev.stampguard;
