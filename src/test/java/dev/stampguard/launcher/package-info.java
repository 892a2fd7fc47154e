/**
 * Tests of the two shell scripts: {@code mvnw}, which builds, and {@code stampguard}, which starts.
 */
package dev.stampguard.launcher;
