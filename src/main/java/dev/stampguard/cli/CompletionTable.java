package dev.stampguard.cli;

import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.repair.Hazard;
import dev.stampguard.report.HelpTopics;
import dev.stampguard.service.KnownTools;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may follow each command, taken from the commands themselves, for the scripts that complete
 * words.
 *
 * @param levels the program first
 */
record CompletionTable(List<Level> levels) {
  /** Of a word that is another command. */
  private static final String COMMAND = "+";

  /** Of an option that takes no value. */
  private static final String FLAG = "-";

  /** Begins what an option takes that needs a value, and what stands at a place. */
  private static final String NEEDED = "=";

  /** Begins what an option takes that goes without a value too. */
  private static final String OPTIONAL = "?";

  /** The word of a place that takes all that is left. */
  private static final String EVERY_PLACE = "*";

  CompletionTable {
    levels = List.copyOf(levels);
  }

  /**
   * What may follow one command.
   *
   * @param command its words without the program's name
   */
  record Level(String command, List<Line> lines) {
    Level {
      lines = List.copyOf(lines);
    }
  }

  /**
   * One word that may follow, or one place for words.
   *
   * @param word a command, an option; for a place its number from 1, or {@code *}
   * @param takes {@code +} for a command, {@code -} for an option without a value, else {@code =}
   *     (needed) or {@code ?} with the values: words, and names that begin with {@code @} of what
   *     has to be looked up
   * @param meaning one line for a person
   */
  record Line(String word, String takes, String meaning) {}

  /** The table of all commands. */
  static CompletionTable of(Invocation invocation) {
    List<CommandTree.Node> nodes = CommandTree.of(invocation);
    Stream<Level> own = nodes.stream().map(CompletionTable::level);
    // Behind `help` stand the same commands again, which then take nothing.
    Stream<Level> help =
        nodes.stream()
            .filter(node -> !node.path().isEmpty() && !node.commands().isEmpty())
            .map(node -> new Level("help " + node.path(), commands(node).toList()));
    return new CompletionTable(Stream.concat(own, help).toList());
  }

  private static Level level(CommandTree.Node node) {
    var lines = new ArrayList<Line>(commands(node).toList());
    if (node.path().equals("help")) {
      node.spec().root().subcommands().values().stream()
          .map(sub -> new CommandTree.Node("", sub.getCommandSpec()))
          .map(CompletionTable::line)
          .forEach(lines::add);
    }
    for (PositionalParamSpec place : node.spec().positionalParameters()) {
      boolean takesAll = place.index().isVariable() || place.index().max() > place.index().min();
      lines.add(
          new Line(
              takesAll ? EVERY_PLACE : String.valueOf(place.index().min() + 1),
              NEEDED + values(place, node),
              summary(place.description())));
    }
    for (OptionSpec option : node.spec().options()) {
      if (!option.hidden()) {
        Arrays.stream(option.names())
            .map(name -> new Line(name, takes(option, node), summary(option.description())))
            .forEach(lines::add);
      }
    }
    return new Level(node.path(), lines);
  }

  private static Stream<Line> commands(CommandTree.Node node) {
    return node.commands().stream().map(CompletionTable::line);
  }

  private static Line line(CommandTree.Node command) {
    return new Line(command.name(), COMMAND, summary(command.description()));
  }

  private static String takes(OptionSpec option, CommandTree.Node node) {
    if (option.arity().max() == 0) {
      return FLAG;
    }
    return (option.arity().min() == 0 ? OPTIONAL : NEEDED) + values(option, node);
  }

  /**
   * What may stand there.
   *
   * @throws IllegalArgumentException at a label of which nobody said what it stands for
   */
  private static String values(ArgSpec arg, CommandTree.Node node) {
    Class<?> type = arg.type();
    if (type == OutputFormat.class) {
      return words(OutputFormat.of(node.name()).toArray());
    }
    if (type.isEnum()) {
      return words(type.getEnumConstants());
    }
    return switch (arg.paramLabel()) {
      case "DIR" -> "@directories";
      case "FILE" -> "@files";
      case "PROGRAM", "COMMAND" -> "@command";
      case "DB", "DB|URL" -> "@databases";
      case "A", "B" -> "target @databases @files";
      case "REVISION" -> "@revisions";
      case "BACKUP" -> "@backups";
      case "HAZARD" -> words((Object[]) Hazard.values());
      case "WHERE" -> "auto server none";
      case "NAME" -> "DATABASE_URL";
      case "TOOL" -> words(KnownTools.names().toArray());
      case "GLOB" ->
          arg instanceof OptionSpec o && o.longestName().equals("--databases") ? "@databases" : "";
      case "TOPIC|SGnnn" ->
          Stream.concat(
                  HelpTopics.names().stream(),
                  Arrays.stream(FindingCode.values()).map(FindingCode::name))
              .collect(Collectors.joining(" "));
      case "AGE", "COLUMN=SQL", "DURATION", "I/N", "KEY=VALUE", "KIND", "N", "URL" -> "";
      default -> throw new IllegalArgumentException("no values for " + arg.paramLabel());
    };
  }

  private static String words(Object... constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  /** The beginning of a description that fits on a line beside its word. */
  private static String summary(String... description) {
    String text = CommandTree.text(description);
    int end =
        Stream.of(". ", "; ", " (").mapToInt(text::indexOf).filter(at -> at > 0).min().orElse(-1);
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }
}
