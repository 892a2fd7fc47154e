package dev.stampguard.config;

/** From which severity on a finding fails the run, lightest first. */
public enum FailOn {
  INFO,
  WARNING,
  ERROR
}
