/**
 * Runs Django's migrations by a Python program that ships inside ours, together with the settings
 * of the project: in a scratch database to see what they do, or in a database that is to be
 * changed. May see {@code tool}, {@code catalog}, {@code postgres} and {@code target}.
 */
package dev.stampguard.tool.django.replay;
