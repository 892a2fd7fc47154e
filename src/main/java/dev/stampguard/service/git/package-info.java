/**
 * What git is asked and told: the managed block in its hooks, and what is about to be pushed or
 * committed. Runs the {@code git} of the {@code PATH}; knows nothing of databases.
 *
 * <p>Start with {@link dev.stampguard.service.git.HookBlock}, which is what runs.
 */
package dev.stampguard.service.git;
