package dev.stampguard.diagnosis;

import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Splits revisions into connected groups, so that one cause makes one finding. */
final class Groups {
  private Groups() {}

  /**
   * The members in groups that hang together, each oldest first; revisions in {@code bridges} join
   * what they lie between without being members (those that leave no trace), and {@code causes}
   * joins what has one cause wherever it is.
   *
   * @param causes per revision the one it follows
   */
  static List<List<String>> connected(
      RevisionGraph graph,
      ObjectHistory history,
      Map<String, RevisionDiagnosis> members,
      Set<String> bridges,
      Map<String, String> causes) {
    var followers = new HashMap<String, List<String>>();
    causes.forEach(
        (follower, cause) ->
            followers.computeIfAbsent(cause, id -> new ArrayList<>()).add(follower));
    var allowed = new HashSet<>(bridges);
    allowed.addAll(members.keySet());
    var seen = new HashSet<String>();
    var groups = new ArrayList<List<String>>();
    var oldestFirst = new TreeSet<String>(Comparator.comparingInt(history::positionOf));
    oldestFirst.addAll(members.keySet());
    for (String start : oldestFirst) {
      var group = new TreeSet<String>(Comparator.comparingInt(history::positionOf));
      var open = new ArrayList<String>(List.of(start));
      while (!open.isEmpty()) {
        String id = open.removeLast();
        if (allowed.contains(id) && seen.add(id)) {
          if (members.containsKey(id)) {
            group.add(id);
          }
          open.addAll(graph.needs(id));
          open.addAll(graph.neededBy(id));
          open.addAll(followers.getOrDefault(id, List.of()));
          if (causes.containsKey(id)) {
            open.add(causes.get(id));
          }
        }
      }
      if (!group.isEmpty()) {
        groups.add(List.copyOf(group));
      }
    }
    return groups;
  }
}
