package dev.stampguard.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which room may see which, as data. Every room sees the base package; that sees none. */
final class Rooms {
  private static final Map<String, Set<String>> VISIBLE = visible();

  private Rooms() {}

  /** Per room the rooms it may see besides itself and the base package. */
  static Map<String, Set<String>> table() {
    return VISIBLE;
  }

  private static Map<String, Set<String>> visible() {
    var table = new TreeMap<String, Set<String>>();
    table.put("target", Set.of());
    table.put("config", Set.of());
    table.put("postgres", Set.of("target"));
    table.put("catalog", Set.of("postgres", "target"));
    table.put("tool", Set.of("catalog", "postgres", "target"));
    table.put("expectation", Set.of("tool", "catalog"));
    table.put("diagnosis", Set.of("tool", "catalog", "expectation"));
    table.put("backup", Set.of("target", "postgres", "catalog", "tool", "expectation"));
    table.put("repair", Set.of("diagnosis", "tool", "catalog", "expectation"));
    table.put("service", Set.of());
    table.put("report", Set.of());
    table.put("cli", Set.of());
    var all = table.keySet();
    table.put("service", without(all, "service", "cli", "report"));
    table.put("report", without(all, "report", "cli", "service", "postgres"));
    table.put("cli", without(all, "cli"));
    return Map.copyOf(table);
  }

  private static Set<String> without(Set<String> all, String... left) {
    var rest = new TreeSet<>(all);
    rest.removeAll(Set.of(left));
    return Set.copyOf(rest);
  }
}
