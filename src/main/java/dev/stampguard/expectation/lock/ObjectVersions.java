package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import java.util.HashMap;
import java.util.Map;

/** What the lines read so far say of the object whose lines are being read. */
final class ObjectVersions {
  private final Map<String, ObjectLine> lines = new HashMap<>();
  private final Map<String, String> endedBy = new HashMap<>();
  private LockedName object;

  /**
   * Goes on to a line about {@code name}.
   *
   * @throws BrokenLine when its place is before that of the last object
   */
  void moveTo(LockedName name) {
    int order = object == null ? 1 : name.compareTo(object);
    if (order < 0) {
      throw new BrokenLine("is out of order");
    }
    if (order > 0) {
      object = name;
      lines.clear();
      endedBy.clear();
    }
  }

  /**
   * The version that {@code previous} wrote, which {@code revision} ends.
   *
   * @throws BrokenLine when there is none, or when another revision ended it already
   */
  Definition end(String previous, String revision) {
    ObjectLine line = lines.get(previous);
    if (line == null || line.after().isEmpty()) {
      throw new BrokenLine(
          "ends what `%s` made of `%s`, of which there is no line"
              .formatted(previous, object.object()));
    }
    String first = endedBy.putIfAbsent(previous, revision);
    if (first != null) {
      throw new BrokenLine(
          "lets `%s` change `%s`, which `%s` changed already: two branches met"
              .formatted(revision, object.object(), first));
    }
    return line.after().get();
  }

  /**
   * Takes note of a line that was read.
   *
   * @throws BrokenLine when its revision has a line already
   */
  void add(ObjectLine line) {
    if (lines.putIfAbsent(line.revision(), line) != null) {
      throw new BrokenLine(
          "says again what `%s` made of `%s`".formatted(line.revision(), object.object()));
    }
  }
}
