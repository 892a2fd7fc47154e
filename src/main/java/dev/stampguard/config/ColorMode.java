package dev.stampguard.config;

/** When text output is coloured. */
public enum ColorMode {
  AUTO,
  ALWAYS,
  NEVER
}
