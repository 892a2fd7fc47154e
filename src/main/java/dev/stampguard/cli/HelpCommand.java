package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ColorMode;
import dev.stampguard.config.Spelling;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.report.FindingHelp;
import dev.stampguard.report.HelpTopics;
import dev.stampguard.report.text.TextRenderer;
import dev.stampguard.service.KnownTools;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Help on a command or on a finding's code; opens nothing. */
@Command(
    name = "help",
    description = "Show help on a command, a topic, or a finding such as SG102.",
    footer = {"", "Topics: exit-codes, environment, configuration, findings, tools."})
final class HelpCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      arity = "0..*",
      paramLabel = "TOPIC|SGnnn",
      description = "A command, a topic, or a finding's code.")
  List<String> topic = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  HelpCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var renderer = new TextRenderer(TerminalDetection.of(invocation, ColorMode.AUTO));
    Optional<String> page =
        findingCode()
            .map(code -> renderer.help(FindingHelp.of(code)))
            .or(
                () ->
                    HelpTopics.find(wanted().toLowerCase(Locale.ROOT), KnownTools.all(Map.of()))
                        .map(renderer::help));
    if (page.isPresent()) {
      invocation.out().print(page.get());
    } else {
      CommandLine command = command().orElseThrow(this::unknownTopic);
      command.usage(command.getOut());
    }
    return ExitCode.OK.code();
  }

  private String wanted() {
    return String.join(" ", topic);
  }

  /**
   * The program itself when nothing is named; else a command of the tree that its name asks for.
   */
  private Optional<CommandLine> command() {
    Optional<CommandLine> found =
        Optional.of(Cli.commandLine(invocation, new FailureHandler(invocation, false), topic));
    for (String name : topic) {
      found = found.map(command -> command.getSubcommands().get(name));
    }
    return found;
  }

  private Optional<FindingCode> findingCode() {
    String wanted = wanted().toUpperCase(Locale.ROOT);
    return Arrays.stream(FindingCode.values()).filter(c -> c.name().equals(wanted)).findFirst();
  }

  private StampguardException unknownTopic() {
    return new StampguardException(
        ExitCode.USAGE,
        "no help on `%s`: it is neither a command, a topic nor a finding's code"
            .formatted(wanted()),
        Spelling.nearest(wanted(), known())
            .map("did you mean `stampguard help %s`?"::formatted)
            .orElse("stampguard help"));
  }

  /** All that there is help on. */
  private List<String> known() {
    var known = new ArrayList<>(HelpTopics.names());
    Arrays.stream(FindingCode.values()).map(FindingCode::name).forEach(known::add);
    CommandTree.of(invocation).stream()
        .map(CommandTree.Node::path)
        .filter(path -> !path.isEmpty())
        .forEach(known::add);
    return known;
  }
}
