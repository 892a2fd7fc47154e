package dev.stampguard.report.text;

import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a history downwards, oldest first. A lane is one edge on its way from a revision to one
 * that needs it: it opens below the first, keeps its column, and closes above the second. Lines
 * that cross a lane pass behind it, so a revision is only ever joined to what it needs.
 */
final class GraphDrawing {
  private static final int NONE = -1;

  private final Glyphs glyphs;
  private final Predicate<Revision> recorded;
  private final Map<String, List<String>> children = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /** Per column the revision its lane runs to; {@code null} where no lane runs. */
  private final List<String> lanes = new ArrayList<>();

  /** Where the node just drawn ended its lane: a node right below would seem to continue it. */
  private int justEnded = NONE;

  private GraphDrawing(List<Revision> revisions, Predicate<Revision> recorded, Glyphs glyphs) {
    this.glyphs = glyphs;
    this.recorded = recorded;
    Set<String> known = revisions.stream().map(Revision::id).collect(Collectors.toSet());
    for (Revision revision : revisions) {
      Stream.concat(revision.parents().stream(), revision.dependsOn().stream())
          .distinct()
          .filter(known::contains)
          .forEach(
              needed ->
                  children.computeIfAbsent(needed, id -> new ArrayList<>()).add(revision.id()));
    }
  }

  /**
   * @param revisions in an order in which everything a revision needs comes before it
   * @param recorded which of them get a filled node
   */
  static List<Row> of(List<Revision> revisions, Predicate<Revision> recorded, Glyphs glyphs) {
    var drawing = new GraphDrawing(revisions, recorded, glyphs);
    revisions.forEach(drawing::draw);
    return List.copyOf(drawing.rows);
  }

  /**
   * A line of the drawing.
   *
   * @param lanes the drawn part, without trailing blanks
   * @param revision the revision whose node is on it; empty for a line that only joins
   */
  record Row(String lanes, Optional<Revision> revision) {}

  private void draw(Revision revision) {
    int column = arrive(revision.id());
    rows.add(
        new Row(
            line(i -> i == column ? glyphs.node(recorded.test(revision)) : pass(i)),
            Optional.of(revision)));
    leave(column, children.getOrDefault(revision.id(), List.of()));
  }

  /** Joins every lane that runs to the revision into the leftmost and returns its column. */
  private int arrive(String id) {
    var arriving = new TreeSet<Integer>();
    for (int i = 0; i < lanes.size(); i++) {
      if (id.equals(lanes.get(i))) {
        arriving.add(i);
      }
    }
    if (arriving.isEmpty()) {
      return open(id, 0);
    }
    int column = arriving.removeFirst();
    if (!arriving.isEmpty()) {
      join(column, arriving, glyphs::closes);
      arriving.forEach(closed -> lanes.set(closed, null));
    }
    return column;
  }

  /** Ends the revision's lane, or lets one run on to each child. */
  private void leave(int column, List<String> next) {
    lanes.set(column, next.isEmpty() ? null : next.getFirst());
    justEnded = next.isEmpty() ? column : NONE;
    var opened = new TreeSet<Integer>();
    next.stream().skip(1).forEach(child -> opened.add(open(child, column + 1)));
    if (!opened.isEmpty()) {
      join(column, opened, glyphs::opens);
    }
    while (!lanes.isEmpty() && lanes.getLast() == null) {
      lanes.removeLast();
    }
  }

  /** Takes the first free column from {@code from} on. */
  private int open(String id, int from) {
    int column = from;
    while (column == justEnded || (column < lanes.size() && lanes.get(column) != null)) {
      column++;
    }
    while (lanes.size() <= column) {
      lanes.add(null);
    }
    lanes.set(column, id);
    return column;
  }

  private void join(int column, NavigableSet<Integer> others, Corner corner) {
    int last = others.last();
    var line = new StringBuilder();
    for (int i = 0; i < lanes.size(); i++) {
      boolean between = i > column && i < last;
      if (i == column) {
        line.append(glyphs.tee());
      } else if (others.contains(i)) {
        line.append(corner.glyph(i == last));
      } else if (between && lanes.get(i) == null) {
        line.append(glyphs.bar());
      } else {
        line.append(pass(i));
      }
      line.append(i >= column && i < last ? glyphs.bar() : ' ');
    }
    rows.add(new Row(line.toString().stripTrailing(), Optional.empty()));
  }

  private String line(Cell cell) {
    var line = new StringBuilder();
    for (int i = 0; i < lanes.size(); i++) {
      line.append(cell.glyph(i)).append(' ');
    }
    return line.toString().stripTrailing();
  }

  private char pass(int column) {
    return lanes.get(column) == null ? ' ' : glyphs.lane();
  }

  private interface Corner {
    char glyph(boolean last);
  }

  private interface Cell {
    char glyph(int column);
  }
}
