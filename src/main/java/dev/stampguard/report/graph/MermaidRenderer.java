package dev.stampguard.report.graph;

import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.report.HistoryReport;
import java.util.List;
import java.util.Optional;

/** Writes a Mermaid flowchart, which Markdown on GitHub and GitLab shows as a drawing. */
public final class MermaidRenderer {
  private MermaidRenderer() {}

  /** The history from top to bottom, oldest first. */
  public static String render(HistoryReport report) {
    List<Node> nodes = Node.of(report);
    var lines = new StringBuilder("flowchart TD\n");
    for (Node node : nodes) {
      String label =
          String.join("<br/>", node.lines().stream().map(MermaidRenderer::text).toList());
      lines.append("  %s[\"%s\"]%n".formatted(node.name(), label).replace("\r", ""));
    }
    for (Node node : nodes) {
      node.parents().forEach(parent -> lines.append(edge(parent, "-->", node)));
      node.needs().forEach(needed -> lines.append(edge(needed, "-.->", node)));
    }
    for (RevisionState state : RevisionState.values()) {
      List<String> members =
          nodes.stream()
              .filter(node -> node.state().equals(Optional.of(state)))
              .map(Node::name)
              .toList();
      if (!members.isEmpty()) {
        Tint tint = Tint.of(state);
        lines
            .append("  classDef ")
            .append(name(state))
            .append(" fill:")
            .append(tint.fill())
            .append(",stroke:")
            .append(tint.stroke())
            .append(",color:" + Tint.TEXT + "\n  class ")
            .append(String.join(",", members))
            .append(' ')
            .append(name(state))
            .append('\n');
      }
    }
    return lines.toString();
  }

  private static String edge(String from, String arrow, Node to) {
    return "  " + from + " " + arrow + " " + to.name() + "\n";
  }

  /** A class name that no word of the language is. */
  private static String name(RevisionState state) {
    return "state_" + state.label().replace('-', '_');
  }

  /**
   * Text inside a quoted label: everything but letters, digits and what is surely harmless becomes
   * Mermaid's own entity, so that neither its grammar nor Markdown nor HTML reads it.
   */
  private static String text(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (Character.isLetterOrDigit(character) || " .,:()/+=".indexOf(character) >= 0) {
                safe.appendCodePoint(character);
              } else if (character == '-' || character == '\'') {
                safe.appendCodePoint(character);
              } else {
                safe.append('#').append(character).append(';');
              }
            });
    return safe.toString();
  }
}
