/** Remembers a healthy answer for as long as nothing it depends on can have changed. */
package dev.stampguard.service.memory;
