package dev.stampguard.tool.command;

import java.util.Map;

/** Keeps a project's code from every database but one, whatever its own settings name. */
public interface Shield {
  /** There is none: what the environment says has to be enough. */
  Shield NONE = environment -> () -> {};

  /**
   * Puts it up.
   *
   * @param environment of the child, changed as needed; it names the database already
   * @return to be lowered when the child has ended
   */
  Raised raise(Map<String, String> environment);

  /** One that is up. */
  @FunctionalInterface
  interface Raised {
    /** Takes it down. */
    void lower();
  }
}
