/**
 * Tests of the two shell scripts, {@code mvnw}, which builds, and {@code stampguard}, which starts;
 * and of what it starts: the whole program, as {@code ./mvnw package} leaves it.
 */
package dev.stampguard.launcher;
