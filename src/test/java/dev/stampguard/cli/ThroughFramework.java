package dev.stampguard.cli;

import io.quarkus.runtime.Quarkus;

/** Runs every command the way that {@link Main} keeps for some. */
public final class ThroughFramework {
  private ThroughFramework() {}

  public static void main(String[] args) {
    Quarkus.run(Main.Framework.class, args);
  }
}
