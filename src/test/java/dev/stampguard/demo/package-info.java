/** The incident, live: {@code ./mvnw -q package -Pdemo}. */
package dev.stampguard.demo;
