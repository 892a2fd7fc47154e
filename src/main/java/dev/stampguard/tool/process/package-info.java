/**
 * Programs of a project's own, as children of ours: what they are told about the database they may
 * reach, and how long they may take. May see {@code target}.
 */
package dev.stampguard.tool.process;
