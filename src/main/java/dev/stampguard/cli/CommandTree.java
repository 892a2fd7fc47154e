package dev.stampguard.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command with all it takes, for what is made of all of them: completion and the manual. */
final class CommandTree {
  private CommandTree() {}

  /**
   * One command.
   *
   * @param path its words without the program's name, for example {@code target use}; empty for the
   *     program itself
   * @param spec what it takes
   */
  record Node(String path, CommandSpec spec) {
    /** Its own commands that help lists, by name. */
    List<Node> commands() {
      return spec.subcommands().values().stream()
          .map(CommandLine::getCommandSpec)
          .filter(sub -> !sub.usageMessage().hidden())
          .map(sub -> new Node(path.isEmpty() ? sub.name() : path + " " + sub.name(), sub))
          .toList();
    }

    /** The last of its words. */
    String name() {
      return spec.name();
    }

    /** What it is for. */
    String description() {
      return text(spec.usageMessage().description());
    }
  }

  /** All that help lists, the program first and each command before its own. */
  static List<Node> of(Invocation invocation) {
    CommandLine program =
        Cli.commandLine(invocation, new FailureHandler(invocation, false), Commands.NAMES);
    var nodes = new ArrayList<Node>();
    add(new Node("", program.getCommandSpec()), nodes);
    return nodes;
  }

  private static void add(Node node, List<Node> nodes) {
    nodes.add(node);
    node.commands().forEach(sub -> add(sub, nodes));
  }

  /** Lines of a command's or an option's description as one text. */
  static String text(String... lines) {
    return String.join(" ", lines).replace("%%", "%");
  }
}
