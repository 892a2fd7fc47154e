package dev.stampguard.report.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a drawing as a person does: puts a finger on a node and follows the line down. */
final class DrawingReader {
  /** Per column the revisions whose lines run there. */
  private Map<Integer, Set<String>> running = new HashMap<>();

  private final Set<String> edges = new TreeSet<>();

  private DrawingReader() {}

  /** Every {@code parent -> child} that the lines show, sorted. */
  static List<String> edges(List<GraphDrawing.Row> rows) {
    var reader = new DrawingReader();
    rows.forEach(reader::read);
    return List.copyOf(reader.edges);
  }

  private void read(GraphDrawing.Row row) {
    var next = new HashMap<Integer, Set<String>>();
    int tee = row.lanes().indexOf('├');
    for (int at = 0; at < row.lanes().length(); at += 2) {
      switch (row.lanes().charAt(at)) {
        case '│' -> add(next, at, running.get(at));
        case '●' -> {
          String id = row.revision().orElseThrow().id();
          running.getOrDefault(at, Set.of()).forEach(parent -> edges.add(parent + " -> " + id));
          next.put(at, new HashSet<>(Set.of(id)));
        }
        case '├' -> add(next, at, running.get(at));
        case '╮', '┬' -> add(next, at, running.get(tee));
        case '╯', '┴' -> add(next, tee, running.get(at));
        case '─', ' ' -> {}
        default -> throw new AssertionError("unexpected sign in " + row.lanes());
      }
    }
    running = next;
  }

  private static void add(Map<Integer, Set<String>> next, int at, Set<String> lines) {
    next.computeIfAbsent(at, column -> new HashSet<>()).addAll(new ArrayList<>(lines));
  }
}
