package dev.stampguard.service.replay;

import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.tool.RunSettings;
import java.util.List;
import java.util.Objects;

/**
 * How revisions are replayed.
 *
 * @param placement where the scratch database may be
 * @param run how the project's scripts are run
 * @param extensions extensions the scripts take for granted, besides those of the target
 */
public record ReplaySettings(ScratchPlacement placement, RunSettings run, List<String> extensions) {
  public ReplaySettings {
    Objects.requireNonNull(placement);
    Objects.requireNonNull(run);
    extensions = List.copyOf(extensions);
  }

  /** Whether somebody asked for this very place, so that its failure is an error of its own. */
  public boolean isPlaceNamed() {
    return switch (placement) {
      case ScratchPlacement.Auto a -> false;
      case ScratchPlacement.Nowhere n -> false;
      case ScratchPlacement.TargetServer t -> true;
      case ScratchPlacement.At a -> true;
    };
  }

  /** Whether anything may be replayed at all. */
  public boolean isAllowed() {
    return !(placement instanceof ScratchPlacement.Nowhere);
  }
}
