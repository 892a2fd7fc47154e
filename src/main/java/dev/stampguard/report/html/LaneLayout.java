package dev.stampguard.report.html;

import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Places a history in rows, oldest first, and lanes. A lane is one edge on its way from a revision
 * to one that needs it: it opens below the first, keeps its column, and closes at the second.
 */
final class LaneLayout {
  private final Map<String, List<Edge>> leaving = new HashMap<>();

  /** Per column the edge that runs there; {@code null} where none does. */
  private final List<Edge> lanes = new ArrayList<>();

  private LaneLayout(List<Revision> revisions) {
    Set<String> known = revisions.stream().map(Revision::id).collect(Collectors.toSet());
    for (Revision revision : revisions) {
      var needed = new LinkedHashSet<String>(revision.parents());
      needed.addAll(revision.dependsOn());
      needed.retainAll(known);
      needed.forEach(
          id ->
              leaving
                  .computeIfAbsent(id, from -> new ArrayList<>())
                  .add(new Edge(revision.id(), !revision.parents().contains(id))));
    }
  }

  /**
   * One row for each revision.
   *
   * @param revisions in an order in which everything a revision needs comes before it
   */
  static List<Row> of(List<Revision> revisions) {
    var layout = new LaneLayout(revisions);
    return revisions.stream().map(layout::place).toList();
  }

  /**
   * One revision's row.
   *
   * @param column where its node is
   * @param arriving lanes that end at the node
   * @param passing lanes that run through the row
   * @param leaving lanes that begin at the node
   */
  record Row(int column, List<Lane> arriving, List<Lane> passing, List<Lane> leaving) {
    Row {
      arriving = List.copyOf(arriving);
      passing = List.copyOf(passing);
      leaving = List.copyOf(leaving);
    }

    /** The lanes below it. */
    List<Lane> below() {
      var below = new ArrayList<>(passing);
      below.addAll(leaving);
      return below;
    }

    /** How many columns it takes. */
    int width() {
      int widest = column;
      for (List<Lane> list : List.of(arriving, passing, leaving)) {
        for (Lane lane : list) {
          widest = Math.max(widest, lane.column());
        }
      }
      return widest + 1;
    }
  }

  /**
   * A lane in a row.
   *
   * @param column where it is
   * @param dependency whether it leads to a revision that depends without being a child
   */
  record Lane(int column, boolean dependency) {}

  private record Edge(String to, boolean dependency) {}

  private Row place(Revision revision) {
    var ending = new TreeSet<Integer>();
    for (int i = 0; i < lanes.size(); i++) {
      if (lanes.get(i) != null && lanes.get(i).to().equals(revision.id())) {
        ending.add(i);
      }
    }
    List<Lane> arriving = lanes(ending);
    int column = ending.isEmpty() ? free(0) : ending.first();
    ending.forEach(i -> lanes.set(i, null));
    List<Lane> passing =
        lanes(
            new TreeSet<>(
                IntStream.range(0, lanes.size())
                    .filter(i -> Objects.nonNull(lanes.get(i)))
                    .boxed()
                    .toList()));
    var begun = new TreeSet<Integer>();
    int from = column;
    for (Edge edge : leaving.getOrDefault(revision.id(), List.of())) {
      int taken = free(from);
      lanes.set(taken, edge);
      begun.add(taken);
      from = column + 1;
    }
    return new Row(column, arriving, passing, lanes(begun));
  }

  private List<Lane> lanes(Collection<Integer> columns) {
    return columns.stream().map(i -> new Lane(i, lanes.get(i).dependency())).toList();
  }

  /** The first free column from {@code from} on. */
  private int free(int from) {
    int column = from;
    while (column < lanes.size() && lanes.get(column) != null) {
      column++;
    }
    while (lanes.size() <= column) {
      lanes.add(null);
    }
    return column;
  }
}
