package dev.stampguard.postgres.scratch;

import dev.stampguard.target.Target;
import java.util.Objects;

/** Where a scratch database may be made. */
public sealed interface ScratchPlacement {
  /**
   * A throw-away local server when PostgreSQL's programs are installed, else the target's server
   * when it is on this machine, else nowhere.
   */
  record Auto() implements ScratchPlacement {}

  /** On the target's server, wherever it is. */
  record TargetServer() implements ScratchPlacement {}

  /**
   * On a server somebody named.
   *
   * @param server any database of that server; it is connected to and left as it is
   */
  record At(Target server) implements ScratchPlacement {
    public At {
      Objects.requireNonNull(server);
    }
  }

  /** Nowhere. */
  record Nowhere() implements ScratchPlacement {}
}
