package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ColorMode;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.report.FindingHelp;
import dev.stampguard.report.text.TextRenderer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Help on a command or on a finding's code; opens nothing. */
@Command(name = "help", description = "Show help on a command, or on a finding such as SG102.")
final class HelpCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      arity = "0..*",
      paramLabel = "TOPIC|SGnnn",
      description = "A command, or a finding's code.")
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
    Optional<FindingCode> code = findingCode();
    if (code.isPresent()) {
      invocation
          .out()
          .print(
              new TextRenderer(TerminalDetection.of(invocation, ColorMode.AUTO))
                  .help(FindingHelp.of(code.get())));
    } else {
      CommandLine command = command().orElseThrow(this::unknownTopic);
      command.usage(command.getOut());
    }
    return ExitCode.OK.code();
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
    String wanted = String.join(" ", topic).toUpperCase(Locale.ROOT);
    return Arrays.stream(FindingCode.values()).filter(c -> c.name().equals(wanted)).findFirst();
  }

  private StampguardException unknownTopic() {
    return new StampguardException(
        ExitCode.USAGE,
        "no help on `%s`: it is neither a command nor a finding's code"
            .formatted(String.join(" ", topic)),
        "stampguard help");
  }
}
