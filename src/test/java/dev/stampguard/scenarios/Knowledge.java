package dev.stampguard.scenarios;

import java.util.List;

/** What stampguard has to go by when it judges a scenario. */
enum Knowledge {
  /** The scripts as they read: no lock file, and nothing may be run. */
  SCRIPTS,

  /** A lock file that was written before; nothing may be run. */
  LOCK,

  /** What the scripts do when they are run. */
  REPLAY;

  /** What a property of an expectation may begin with, the one that counts most first. */
  List<String> prefixes() {
    return switch (this) {
      case SCRIPTS -> List.of("expected.");
      case LOCK -> List.of("expected.lock.", "expected.definitions.", "expected.");
      case REPLAY -> List.of("expected.replay.", "expected.definitions.", "expected.");
    };
  }
}
