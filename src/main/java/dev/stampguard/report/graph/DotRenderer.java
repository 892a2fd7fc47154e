package dev.stampguard.report.graph;

import dev.stampguard.report.HistoryReport;
import java.util.List;

/** Writes a directed graph in DOT, the language of Graphviz. */
public final class DotRenderer {
  private DotRenderer() {}

  /** The history from top to bottom, oldest first. */
  public static String render(HistoryReport report) {
    List<Node> nodes = Node.of(report);
    var lines = new StringBuilder("digraph history {\n");
    lines.append("  rankdir=TB\n");
    lines.append(
        "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\","
            + " fontcolor=\""
            + Tint.TEXT
            + "\"]\n");
    for (Node node : nodes) {
      String label = String.join("\\n", node.lines().stream().map(DotRenderer::text).toList());
      lines.append("  ").append(node.name()).append(" [label=\"").append(label).append('"');
      node.state()
          .map(Tint::of)
          .ifPresent(
              tint ->
                  lines
                      .append(", fillcolor=\"")
                      .append(tint.fill())
                      .append("\", color=\"")
                      .append(tint.stroke())
                      .append('"'));
      lines.append("]\n");
    }
    for (Node node : nodes) {
      node.parents().forEach(parent -> lines.append(edge(parent, node, "")));
      node.needs().forEach(needed -> lines.append(edge(needed, node, " [style=dashed]")));
    }
    return lines.append("}\n").toString();
  }

  private static String edge(String from, Node to, String style) {
    return "  " + from + " -> " + to.name() + style + "\n";
  }

  /** Text inside a quoted label, which may hold escapes of Graphviz's own and HTML entities. */
  private static String text(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }
}
