package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.ObjectName;
import java.util.Objects;
import java.util.Set;

/**
 * Makes objects that the scripts take for granted, in the database they are replayed in and outside
 * of any revision.
 */
public interface GapFiller {
  /** Leaves every gap open. */
  GapFiller NONE =
      new GapFiller() {
        @Override
        public Filling fill(ObjectName object, Set<ObjectName> later) {
          return new Filling.Unknown();
        }

        @Override
        public void withdraw(ObjectName object) {}

        @Override
        public void restore() {}
      };

  /** How filling a gap ended. */
  sealed interface Filling {
    /**
     * The object is there now.
     *
     * @param along what it needs and was not there either: types, functions, sequences, extensions
     */
    record Done(Set<ObjectName> along) implements Filling {
      public Done {
        along = Set.copyOf(along);
      }
    }

    /** Nobody knows what the object looks like. */
    record Unknown() implements Filling {}

    /**
     * It is known what it looks like, but it cannot be made.
     *
     * @param reason one sentence without a full stop
     */
    record Refused(String reason) implements Filling {
      public Refused {
        Objects.requireNonNull(reason);
      }
    }
  }

  /**
   * Makes an object, and what it needs besides tables.
   *
   * @param object a table also stands for a view
   * @param later columns, constraints and indexes of a table to leave out, because a revision to
   *     come adds them
   */
  Filling fill(ObjectName object, Set<ObjectName> later);

  /**
   * Takes an object away again that {@link #fill} made, and what came along with it, because a
   * revision is about to make one of them itself. What depends on it goes along.
   */
  void withdraw(ObjectName object);

  /** Brings back, as far as it can be, the foreign keys that went with a withdrawn relation. */
  void restore();
}
