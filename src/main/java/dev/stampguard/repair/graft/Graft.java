package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Objects;

/**
 * What it takes to fulfil a {@link GraftWish}.
 *
 * @param statements in the order to run them, one by one, in one transaction; in several when one
 *     of them ends a segment
 * @param obstacles what of the wish they do not bring about; empty when they bring about all of it
 */
public record Graft(List<GraftStatement> statements, List<Obstacle> obstacles) {
  public Graft {
    statements = List.copyOf(statements);
    obstacles = List.copyOf(obstacles);
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
