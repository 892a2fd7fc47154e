/**
 * Runs Alembic revisions in a scratch database, by a Python program that ships inside ours. May see
 * {@code tool} and {@code target}.
 */
package dev.stampguard.tool.alembic.replay;
