package dev.stampguard.scenarios;

import java.util.List;

/** What stampguard has to go by when it judges a scenario. */
enum Knowledge {
  /** The scripts as they read: no lock file, and nothing may be run. */
  SCRIPTS("expected."),

  /** A lock file that was written before; nothing may be run. */
  LOCK("expected.lock.", "expected.definitions.", "expected."),

  /** What the scripts do when they are run. */
  REPLAY("expected.replay.", "expected.definitions.", "expected.");

  private final List<String> prefixes;

  Knowledge(String... prefixes) {
    this.prefixes = List.of(prefixes);
  }

  /** What a property of an expectation may begin with, the one that counts most first. */
  List<String> prefixes() {
    return prefixes;
  }
}
