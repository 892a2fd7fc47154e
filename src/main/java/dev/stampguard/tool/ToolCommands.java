package dev.stampguard.tool;

import java.util.List;

/** The migration tool's own command lines, so that a hint can be typed as it stands. */
public interface ToolCommands {
  /**
   * Sets the ledger to a state, whatever it says now, and runs nothing.
   *
   * @param heads the state's heads; empty for base
   */
  String stamp(List<String> heads);

  /** Applies everything that is pending. */
  String upgrade();
}
