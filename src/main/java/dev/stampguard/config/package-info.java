/**
 * What a project and its environment set once for every command: {@code stampguard.properties} and
 * {@code STAMPGUARD_…} variables. Sees no other room.
 */
package dev.stampguard.config;
