package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.Set;

/**
 * Makes relations that the scripts take for granted, in the database they are replayed in and
 * outside of any revision.
 */
public interface GapFiller {
  /** Leaves every gap open. */
  GapFiller NONE =
      new GapFiller() {
        @Override
        public boolean fill(QualifiedName relation, Set<ObjectName> later) {
          return false;
        }

        @Override
        public void withdraw(QualifiedName relation) {}

        @Override
        public void restore() {}
      };

  /**
   * Makes a relation.
   *
   * @param later columns, constraints and indexes to leave out, because a revision to come adds
   *     them
   * @return whether the relation is there now
   */
  boolean fill(QualifiedName relation, Set<ObjectName> later);

  /**
   * Takes a relation away again that {@link #fill} made, because a revision is about to make it
   * itself. What depends on it goes along.
   */
  void withdraw(QualifiedName relation);

  /** Brings back, as far as it can be, the foreign keys that went with a withdrawn relation. */
  void restore();
}
