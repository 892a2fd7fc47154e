package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Objects;

/**
 * What it takes to fulfil a {@link GraftWish}.
 *
 * @param statements in the order to run them, one by one, in one transaction; in several when one
 *     of them ends a segment. None where there is an obstacle: a graft is done as a whole
 * @param obstacles what stands in the way of the wish; empty when the statements bring it about
 */
public record Graft(List<GraftStatement> statements, List<Obstacle> obstacles) {
  public Graft {
    statements = List.copyOf(statements);
    obstacles = List.copyOf(obstacles);
    if (!statements.isEmpty() && !obstacles.isEmpty()) {
      throw new IllegalArgumentException("a graft that meets obstacles is not to be run");
    }
  }

  /**
   * Why an object cannot be made or changed.
   *
   * @param object the object
   * @param reason one sentence without a full stop
   */
  public record Obstacle(ObjectName object, String reason) {
    public Obstacle {
      Objects.requireNonNull(object);
      Objects.requireNonNull(reason);
    }
  }
}
